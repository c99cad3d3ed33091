package dev.livefeed.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.event.Status;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the running connector has shown of itself, and when that is too little. */
class FeedAndWatchdogTest {

    private final ManualClock clock = new ManualClock();
    private final Feed feed = new Feed(clock);
    private final Watchdog watchdog = new Watchdog(
            Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(90), Duration.ofSeconds(15));

    private void trade() {
        feed.line();
        feed.event(Events.trade("BTCUSDT", "1"));
    }

    private void status(String status) {
        feed.line();
        feed.event(Status.of(status, null));
    }

    @Test
    void nothingRuns() {
        clock.forward(1_000_000);

        assertThat(watchdog.verdict(feed)).isNull();
        assertThat(feed.connected()).isFalse();
        assertThat(feed.uptimeMillis()).isEqualTo(-1);
        assertThat(feed.dataAgeMillis()).isEqualTo(-1);
        assertThat(feed.lastTimestampMicros()).isEqualTo(-1);
    }

    @Test
    void connectedTakesData() {
        feed.started();
        status(Status.CONNECTED);
        assertThat(feed.connected()).isFalse();

        trade();
        assertThat(feed.connected()).isTrue();
        assertThat(feed.lastTimestampMicros()).isEqualTo(Events.AT);

        feed.ended();
        assertThat(feed.connected()).isFalse();
        feed.started();
        assertThat(feed.connected()).isFalse();
        assertThat(feed.lastTimestampMicros()).as("still the newest there was").isEqualTo(Events.AT);
    }

    @Test
    void disconnectedUntilConnectedAgain() {
        feed.started();
        trade();
        feed.event(Events.status(Status.DISCONNECTED, null, null, null, "reset"));
        assertThat(feed.connected()).isFalse();
        assertThat(feed.disconnected()).isTrue();
        assertThat(feed.disconnectReason()).isEqualTo("reset");

        trade();
        assertThat(feed.disconnected()).as("a straggler proves nothing").isTrue();
        status(Status.CONNECTED);
        assertThat(feed.connected()).isTrue();
        assertThat(feed.disconnectReason()).isNull();
        assertThat(feed.disconnects()).isOne();
    }

    @Test
    void oneConnectionOfSeveralIsNotTheFeed() {
        feed.started();
        trade();
        connection(Status.CONNECTED, "linear", 1);
        connection(Status.CONNECTED, "linear-2", 2);
        assertThat(feed.connectionsDown()).isEmpty();

        connection(Status.DISCONNECTED, "linear-2", 1);
        assertThat(feed.connected()).isTrue();
        assertThat(feed.disconnected()).isFalse();
        assertThat(feed.connectionsDown()).hasToString("{linear-2=reset}");

        connection(Status.DISCONNECTED, "linear", 0);
        assertThat(feed.disconnected()).isTrue();
        assertThat(feed.connectionsDown()).containsOnlyKeys("linear", "linear-2");

        connection(Status.CONNECTED, "linear", 1);
        assertThat(feed.connected()).isTrue();
        assertThat(feed.connectionsDown()).containsOnlyKeys("linear-2");
        connection("closed", "linear-2", 1);
        assertThat(feed.connectionsDown()).isEmpty();
    }

    private void connection(String status, String name, int open) {
        feed.event(new Status(
                status, null, null, null, null, "reset", Map.of("connection", name, "connections", 2, "open", open)));
    }

    @Test
    void aConnectorMaySayThatItsExchangeIsNoRealOne() {
        feed.started();
        feed.event(new Status(Status.CONNECTED, null, null, null, null, null, Map.of("synthetic", true)));

        assertThat(feed.saidSynthetic()).isTrue();
    }

    @Test
    void noDataWithinTheDeadline() {
        feed.started();
        clock.forward(30_000);
        assertThat(watchdog.verdict(feed)).isNull();

        clock.forward(1);
        assertThat(watchdog.verdict(feed)).isEqualTo("no market data within 30.0 s of its start");
    }

    @Test
    void heartbeatsDoNotMeetTheDeadline() {
        feed.started();
        for (int i = 0; i < 31; i++) {
            clock.forward(1_000);
            status(Status.HEARTBEAT);
        }
        assertThat(watchdog.verdict(feed)).contains("no market data within");
    }

    @Test
    void dataThatStopsIsLookedAtAfterTheGrace() {
        feed.started();
        trade();
        clock.forward(90_000);
        assertThat(watchdog.verdict(feed)).as("within the grace").isNull();

        clock.forward(1);
        assertThat(watchdog.verdict(feed)).isEqualTo("no market data for 90.0 s (limit 60.0 s)");

        trade();
        clock.forward(60_000);
        assertThat(watchdog.verdict(feed)).isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no market data for 60.0 s");
    }

    @Test
    void anyChannelIsThePulse() {
        feed.started();
        for (int i = 0; i < 200; i++) {
            clock.forward(1_000);
            feed.line();
            feed.event(Events.snapshot("ETHUSDT", i, "1", "2"));
            assertThat(watchdog.verdict(feed)).isNull();
        }
    }

    @Test
    void silenceMattersOnlyWhereThereAreHeartbeats() {
        feed.started();
        trade();
        clock.forward(20_000);
        assertThat(watchdog.verdict(feed)).isNull();

        status(Status.HEARTBEAT);
        clock.forward(15_000);
        assertThat(watchdog.verdict(feed)).isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no line for 15.0 s", "limit 15.0 s");

        feed.ended();
        feed.started();
        trade();
        clock.forward(20_000);
        assertThat(watchdog.verdict(feed))
                .as("the new process has sent no heartbeat")
                .isNull();
    }

    @Test
    void howLongDataHasBeenComing() {
        feed.started();
        assertThat(feed.deliveringMillis()).isEqualTo(-1);
        clock.forward(5_000);
        trade();
        assertThat(feed.deliveringMillis()).isZero();
        clock.forward(7_000);
        assertThat(feed.deliveringMillis()).as("silence is no delivery").isZero();
        trade();
        assertThat(feed.deliveringMillis()).isEqualTo(7_000);
    }
}
