package dev.livefeed.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.health.BlockedWatch;
import dev.livefeed.app.settings.Secrets;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One line at a time is in the routes, in order, even if a step blocks it. */
@Timeout(30)
class LineGateTest {

    private final ManualClock clock = new ManualClock();
    private final FeedState feed = new FeedState(clock);
    private final LineGate gate = new LineGate(clock);
    private final List<String> routed = new CopyOnWriteArrayList<>();
    private final List<String> notRouted = new CopyOnWriteArrayList<>();
    private final DeadLetters letters = new DeadLetters(new Secrets(List.of())::redact);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean replaced;
    private volatile boolean obeysInterrupts;

    private final LineLocator locator = new LineLocator() {
        @Override
        public RouteStep place() {
            return new RouteStep("trades", "step1", "trade", "BTCUSDT", "linear");
        }

        @Override
        public boolean replaced() {
            return replaced;
        }

        @Override
        public void abandoned() {}
    };
    private final LineRelease release = new LineRelease(gate, locator, letters);
    private final BlockedWatch blocked = new BlockedWatch(gate, locator, Duration.ofSeconds(5));

    /** The line {@code hold} stays in the routes until it is released. */
    private final ConnectorListener listener = new ConnectorListener() {
        @Override
        public void started() {}

        @Override
        public void line(byte[] line) {
            String text = new String(line, StandardCharsets.US_ASCII);
            boolean interrupted = false;
            while (text.equals("hold") && released.getCount() > 0) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    if (obeysInterrupts) {
                        return;
                    }
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            routed.add(text);
        }

        @Override
        public void tooLong(long length, byte[] head) {}

        @Override
        public void notRouted(byte[] line) {
            notRouted.add(new String(line, StandardCharsets.US_ASCII));
        }

        @Override
        public void ended(String reason) {}
    };

    private StdoutReader reader(String text) {
        return new StdoutReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), 100, listener, feed, gate, null);
    }

    private StdoutReader held(String text) {
        StdoutReader reader = reader(text);
        reader.start();
        await().until(() -> gate.current() != null && new String(gate.current().line()).equals("hold"));
        return reader;
    }

    private void look(long forward) {
        clock.forward(forward);
        blocked.check(clock.getAsLong());
        release.check(clock.getAsLong());
    }

    @AfterEach
    void releaseLine() {
        released.countDown();
    }

    @Test
    void linesPassInOrder() throws Exception {
        StdoutReader reader = reader("a\nb\nc");
        reader.start();

        assertThat(reader.await(10_000)).isTrue();
        assertThat(routed).containsExactly("a", "b", "c");
        assertThat(gate.current()).isNull();
        assertThat(reader.failure()).isNull();
    }

    @Test
    void blockedLineIsReportedUntilItLeaves() throws Exception {
        StdoutReader reader = held("hold\nb\n");
        look(4_999);
        assertThat(blocked.now()).isNull();
        assertThat(reader.held()).isTrue();

        look(10_001);
        assertThat(blocked.now()).hasToString("blocked: route trades, step step1, 15 s");
        look(60_000);
        assertThat(blocked.episodes()).isOne();
        released.countDown();
        assertThat(reader.await(10_000)).isTrue();
        look(250);

        assertThat(blocked.now()).isNull();
        assertThat(routed).containsExactly("hold", "b");
        assertThat(letters.total()).isZero();
    }

    @Test
    void lineInAReplacedRouteIsInterruptedAndItsThreadContinues() throws Exception {
        obeysInterrupts = true;
        StdoutReader reader = held("a\nhold\nb\nc\n");
        replaced = true;
        look(100);
        look(1_900);
        assertThat(gate.current()).isNotNull();
        assertThat(gate.current().line()).isEqualTo("hold".getBytes(StandardCharsets.US_ASCII));

        look(100);

        assertThat(reader.await(10_000)).isTrue();
        assertThat(routed).containsExactly("a", "b", "c");
    }

    @Test
    void lineThatIgnoresInterruptsIsAbandonedWithoutAffectingOthers() throws Exception {
        StdoutReader reader = held("a\nhold\nb\nc\n");
        replaced = true;
        look(0);
        look(2_000);
        assertThat(reader.await(50)).isFalse();

        look(2_000);

        assertThat(reader.await(10_000)).isTrue();
        assertThat(routed).containsExactly("a", "b", "c");
        assertThat(letters.byReason()).containsOnlyKeys("step-abandoned").containsEntry("step-abandoned", 1L);
        assertThat(letters.last().get(0).line()).isEqualTo("hold");
        assertThat(letters.last().get(0).message()).contains("route trades, step step1 held it for 4 s");

        // The abandoned thread may return at any time.
        StdoutReader next = reader("d\n");
        next.start();
        assertThat(next.await(10_000)).isTrue();
        released.countDown();
        await().until(() -> routed.contains("hold"));
        assertThat(routed).containsExactly("a", "b", "c", "d", "hold");
        assertThat(gate.current()).isNull();
    }

    @Test
    void restOfAnEndedProcessIsDroppedAndTheNextOneWaits() throws Exception {
        StdoutReader reader = held("hold\nb\nc\nd");

        assertThat(reader.drop()).isEqualTo(3);
        assertThat(notRouted).containsExactly("b", "c", "d");
        StdoutReader next = reader("e\nf\n");
        next.start();
        gate.announce("ended", () -> routed.add("the first has ended"), Duration.ofMillis(50));
        assertThat(next.await(50)).isFalse();
        assertThat(next.held()).isTrue();
        assertThat(routed).isEmpty();

        released.countDown();

        assertThat(next.await(10_000)).isTrue();
        assertThat(routed).containsExactly("hold", "the first has ended", "e", "f");
    }

    @Test
    void abandonedLineOfAnEndedProcessReleasesTheGate() throws Exception {
        held("hold\nb\n").drop();
        StdoutReader next = reader("e\n");
        next.start();
        replaced = true;
        look(0);
        look(2_000);
        look(2_000);

        assertThat(next.await(10_000)).isTrue();
        assertThat(routed).containsExactly("e");
    }

    @Test
    void pendingAnnouncementIsReplacedByANewerOne() throws Exception {
        StdoutReader reader = held("hold\n");
        for (int i = 0; i < 100; i++) {
            int number = i;
            gate.announce("ended", () -> routed.add("ended " + number), Duration.ZERO);
        }
        gate.announce("exhausted", () -> routed.add("exhausted"), Duration.ZERO);

        released.countDown();

        assertThat(reader.await(10_000)).isTrue();
        await().until(() -> routed.contains("exhausted"));
        assertThat(routed).containsExactly("hold", "ended 99", "exhausted");
    }

    @Test
    void waitingReaderThatIsStoppedPassesNoLines() throws Exception {
        held("hold\n");
        StdoutReader next = reader("e\nf\n");
        next.start();

        assertThat(next.drop()).isEqualTo(2);
        released.countDown();
        await().until(() -> routed.contains("hold"));
        StdoutReader third = reader("g\n");
        third.start();

        assertThat(third.await(10_000)).isTrue();
        assertThat(routed).containsExactly("hold", "g");
    }
}
