package dev.livefeed.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.Watchdog;
import dev.livefeed.app.settings.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs one process at a time and evaluates its end. */
class SupervisorTest {

    private final ManualClock clock = new ManualClock();
    private final FeedState feed = new FeedState(clock);
    private final List<String> events = new ArrayList<>();
    private Supervisor supervisor = supervisor(false);
    private int redeliveries;

    private Supervisor supervisor(boolean exitZeroFinishes) {
        Watchdog never = new Watchdog(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1));
        return new Supervisor(
                new SupervisorConfig(
                        new SupervisorConfig.Launch("test", Path.of("target"), Map.of("PATH", System.getenv("PATH"))),
                        1_000,
                        Duration.ofSeconds(60),
                        exitZeroFinishes,
                        new SupervisorConfig.StopWaits(Duration.ofMillis(300), Duration.ofMillis(300)),
                        null,
                        never,
                        new Secrets(List.of("hush-hush"))),
                feed);
    }

    /** Every line is market data; the line {@code later} advances the clock by a minute. */
    private final ConnectorListener listener = new ConnectorListener() {
        @Override
        public void started() {
            events.add("started");
        }

        @Override
        public void line(byte[] line) {
            String text = new String(line, StandardCharsets.UTF_8);
            events.add(text);
            if (text.equals("later")) {
                clock.forward(60_000);
                feed.line();
            }
            feed.event(Events.trade("BTCUSDT", "1"));
        }

        @Override
        public void tooLong(long length, byte[] head) {
            events.add("too long: " + length);
        }

        @Override
        public void ended(String reason) {
            events.add("ended");
        }
    };

    /**
     * As the redelivery policy of the route: each failure is followed by another redelivery, a result ends the round.
     */
    private int run(String script) throws ConnectorFailedException {
        int before = redeliveries++;
        int exit = supervisor.run(List.of("sh", "-c", script), before, listener);
        redeliveries = 0;
        return exit;
    }

    @AfterEach
    void stop() throws Exception {
        supervisor.stop();
        supervisor.awaitStopped();
        assertThat(feed.snapshot().alive()).isFalse();
    }

    @Test
    void signalThatEndedTheConnectorIsNamed() {
        assertThatThrownBy(() -> run("echo a; kill -SEGV $$"))
                .hasMessageContaining("ended with exit status 139 (SIGSEGV)");
    }

    @Test
    void failureIsThrownWithTheLastLineOfStderr() {
        assertThatThrownBy(() -> run("echo a; echo 'hush-hush is no key' >&2; exit 3"))
                .isInstanceOf(ConnectorFailedException.class)
                .hasMessage("the connector ended with exit status 3; last line of stderr: *** is no key");
        assertThat(events).containsExactly("started", "a", "ended");
        assertThat(feed.phase()).isEqualTo(Phase.RETRYING);
        assertThat(supervisor.attempt()).isOne();
        assertThat(supervisor.lastExit()).isEqualTo(3);
        assertThat(supervisor.pid()).isEqualTo(-1);
        assertThat(supervisor.stderr()).containsExactly("*** is no key");
    }

    @Test
    void missingProgramIsAFailure() {
        assertThatThrownBy(() -> supervisor.run(List.of("no-such-program"), 0, listener))
                .hasMessageContaining("cannot be started");
        assertThat(supervisor.errors()).isOne();
    }

    @Test
    void linesAboveTheLimitAreSkipped() {
        assertThatThrownBy(() -> run("echo a; head -c 5000 /dev/zero | tr '\\0' x; echo; echo b; exit 1"));

        assertThat(events).containsExactly("started", "a", "too long: 5000", "b", "ended");
    }

    @Test
    void failureAfterAStableRunStartsANewRound() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> run("exit 1"));
        }
        assertThat(supervisor.attempt()).isEqualTo(3);

        assertThat(run("echo now; echo later; exit 7")).isEqualTo(7);
        assertThat(supervisor.attempt()).as("its end is part of no round").isZero();
        assertThatThrownBy(() -> run("exit 1"));
        assertThat(supervisor.attempt()).isOne();
        assertThat(supervisor.retries()).as("starts after a failure").isEqualTo(4);
        assertThat(run("echo now; echo later; exit 0")).as("also a failure").isEqualTo(-1);
    }

    @Test
    void theAttemptIsDerivedFromTheCountOfTheCaller() throws Exception {
        List<String> fails = List.of("sh", "-c", "exit 1");
        assertThatThrownBy(() -> supervisor.run(fails, 4, listener));
        assertThat(supervisor.attempt()).isEqualTo(5);
        assertThatThrownBy(() -> supervisor.run(fails, 0, listener));
        assertThat(supervisor.attempt()).as("nothing is counted beside it").isOne();

        assertThat(supervisor.run(List.of("sh", "-c", "echo now; echo later; exit 7"), 1, listener))
                .isEqualTo(7);
        assertThat(supervisor.attempt()).as("of a stable process").isZero();
        assertThatThrownBy(() -> supervisor.run(fails, 0, listener));
        assertThatThrownBy(() -> supervisor.run(fails, 1, listener));
        assertThat(supervisor.attempt()).isEqualTo(2);
    }

    @Test
    void theEndsSayWhenDataCameAgain() throws Exception {
        assertThatThrownBy(() -> run("echo a; exit 1"));
        assertThatThrownBy(() -> run("exit 1"));
        assertThat(supervisor.ends().last())
                .extracting(ConnectorEnd::freshAfterMillis)
                .containsOnlyNulls();
        clock.forward(1_500);
        assertThatThrownBy(() -> run("echo b; exit 1"));

        assertThat(supervisor.ends().last())
                .extracting(ConnectorEnd::freshAfterMillis)
                .containsExactly(1_500L, 1_500L, null);
    }

    @Test
    void aRequestedRestartIsNoFailure() throws Exception {
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> {
            try {
                return run("echo a; read -r line; exit 7");
            } catch (ConnectorFailedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> supervisor.pid() > 0 && feed.delivered());
        assertThat(supervisor.restart("asked for")).isTrue();

        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(supervisor.wanted()).isTrue();
        assertThat(supervisor.errors()).isZero();
        assertThat(supervisor.attempt()).isZero();
        assertThat(supervisor.ends().last()).singleElement().satisfies(end -> {
            assertThat(end.reason()).isEqualTo("asked for");
            assertThat(end.exitStatus()).isEqualTo(7);
        });
        assertThat(supervisor.restart("asked for")).as("none runs").isFalse();
    }

    @Test
    void noProcessIsStartedInAPause() throws Exception {
        supervisor.pause("asked for");
        assertThat(feed.phase()).isEqualTo(Phase.PAUSED);
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> {
            try {
                return run("echo a; read -r line; exit 0");
            } catch (ConnectorFailedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(supervisor.starts()).isZero();
        assertThat(supervisor.unpause()).isTrue();
        await().until(() -> supervisor.pid() > 0 && feed.delivered());
        supervisor.pause("again");

        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(feed.phase()).isEqualTo(Phase.PAUSED);
        assertThat(supervisor.starts()).isOne();
        assertThat(supervisor.paused().reason()).isEqualTo("again");
    }

    @Test
    void exitZeroAfterDataEndsTheFeedIfConfigured() throws Exception {
        supervisor = supervisor(true);
        assertThatThrownBy(() -> run("exit 0")).hasMessageContaining("exit status 0");
        assertThat(run("echo a")).isZero();

        assertThat(feed.phase()).isEqualTo(Phase.FINISHED);
        assertThat(supervisor.wanted()).isFalse();
    }

    @Test
    void rejectedConfigurationIsNotRetried() throws Exception {
        assertThat(run("echo 'no such depth' >&2; exit 78")).isEqualTo(78);

        assertThat(feed.phase()).isEqualTo(Phase.MISCONFIGURED);
        assertThat(supervisor.wanted()).isTrue();
        assertThat(supervisor.lastFailure()).contains("exit status 78", "no such depth");
    }

    @Test
    void exhaustionResetsTheAttempts() {
        assertThatThrownBy(() -> run("exit 1"));

        assertThat(supervisor.exhausted().status()).isEqualTo("exhausted");
        assertThat(feed.phase()).isEqualTo(Phase.EXHAUSTED);
        assertThat(supervisor.attempt()).isZero();
        assertThat(supervisor.exhaustedRounds()).isOne();
    }

    @Test
    void processThatClosesItsStdoutIsKilledForThatReason() {
        assertThatThrownBy(() -> run("echo a; exec sleep 60 >/dev/null"))
                .isInstanceOf(ConnectorFailedException.class)
                .hasMessage("the connector closed its stdout, did not exit within 2 s and was killed");
    }

    @Test
    void failingListenerIsAFailure() {
        ConnectorListener broken = new ConnectorListener() {
            @Override
            public void started() {
                throw new IllegalStateException("no route");
            }

            @Override
            public void line(byte[] line) {}

            @Override
            public void tooLong(long length, byte[] head) {}

            @Override
            public void ended(String reason) {}
        };

        assertThatThrownBy(() -> supervisor.run(List.of("sh", "-c", "exec cat"), 0, broken))
                .isInstanceOf(ConnectorFailedException.class)
                .hasMessageContaining("no route");
        assertThat(feed.snapshot().alive()).isFalse();
    }

    @Test
    void stopEndsTheProcessAndRejectsStarts() throws Exception {
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> {
            try {
                return run("trap '' TERM; echo up; while :; do sleep 1; done");
            } catch (ConnectorFailedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> feed.snapshot().connected());

        supervisor.stop();

        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(feed.phase()).isEqualTo(Phase.STOPPED);
        assertThat(run("echo never")).isZero();
        assertThat(events).doesNotContain("never");
        supervisor.coolDown(60_000);
        supervisor.awaitConfiguration();

        supervisor.resume();
        assertThatThrownBy(() -> run("echo again; exit 1"));
        assertThat(events).contains("again");
    }
}
