package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.ReconnectWaits.Pace;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A session with a venue that answers WebSocket pings only and closes connections of a certain age. */
class WebSocketSessionTest {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final SessionTimeouts TIMEOUTS = new SessionTimeouts(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10));

    private final ManualTime time = new ManualTime();
    private final RecordingNetwork network = new RecordingNetwork();
    private final ConnectionBudget budget = new ConnectionBudget(time, 20);
    private final SessionContext context = new SessionContext(network, time, new Random(7), new Identifiers(), budget);
    private final Venue venue = new Venue();
    private final WebSocketSession session =
            new WebSocketSession(context, URI.create("wss://stream.example/ws"), TIMEOUTS, venue);

    @Test
    void webSocketPingsKeepTheConnectionAlive() {
        open();
        assertThat(network.takePings()).isEqualTo(1);
        session.pongFrame(1);

        pass(Duration.ofSeconds(60), true);

        assertThat(venue.events).containsExactly("opened");
        assertThat(network.pings).isGreaterThanOrEqualTo(4);
    }

    @Test
    void unresponsiveConnectionIsReopened() {
        open();
        pass(Duration.ofSeconds(6), false);

        assertThat(venue.events).containsExactly("opened", "ended 1: no pong and nothing else within 5000 ms");
        assertThat(network.closed).containsExactly(1);
        assertThat(network.opened).as("the next attempt follows").hasSize(2);
        session.opened(2, false);
        assertThat(venue.events).last().isEqualTo("opened");
    }

    @Test
    void aQuietConnectionThatAnswersPingsIsKeptUntilSomethingShowsThatDataIsMissing() {
        open();
        for (int i = 0; i < 300; i++) {
            pass(TICK, true);
            frame(1, "data");
        }
        pass(Duration.ofMinutes(30), true);
        assertThat(venue.events).containsExactly("opened");

        venue.evidence = "REST has newer data";
        pass(TICK, true);
        assertThat(venue.events)
                .filteredOn(event -> event.startsWith("ended"))
                .singleElement()
                .asString()
                .startsWith("ended 0: no market data for 18")
                .endsWith("ms, though pings are answered: REST has newer data");
    }

    @Test
    void backoffGrowsUntilAConnectionIsUseful() {
        session.start();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waits.add(refused(0));
        }
        assertThat(waits.get(0)).isBetween(400L, 600L);
        assertThat(waits.get(5)).isBetween(8_000L, 10_000L);

        passUntilOpening();
        session.opened(network.last(), false);
        assertThat(refused(0)).as("connecting alone does not reset the backoff").isBetween(8_000L, 10_000L);
        passUntilOpening();
        session.opened(network.last(), false);
        frame(network.last(), "data");
        assertThat(refused(0)).isBetween(400L, 600L);
    }

    @Test
    void rejectionOfTheHostBlocksOtherSessions() {
        session.start();
        long wait = refused(418);

        assertThat(wait).isBetween(8_000L, 12_000L);
        assertThat(budget.mayOpenUnqueued()).isFalse();
        time.advance(Duration.ofMillis(wait + 1));
        assertThat(budget.mayOpenUnqueued()).isTrue();
    }

    @Test
    void connectionIsReplacedBeforeTheVenueClosesIt() {
        open();
        passUntilReplacing();
        assertThat(network.closed).as("the old connection stays open meanwhile").isEmpty();
        frame(1, "still the old one");
        frame(2, "not yet");
        session.opened(2, false);
        frame(1, "no longer");
        frame(2, "the new one");

        assertThat(network.closed).containsExactly(1);
        assertThat(venue.events).hasSize(4).contains("opened", "frame still the old one", "frame the new one");
        assertThat(venue.events.get(2)).startsWith("replaced after 9");
    }

    @Test
    void rejectedReplacementKeepsTheOldConnection() {
        open();
        passUntilReplacing();
        session.closed(2, "refused", 418);
        frame(1, "on it goes");

        assertThat(session.isOpen()).isTrue();
        assertThat(budget.mayOpenUnqueued()).isFalse();
        assertThat(venue.events).containsExactly("opened", "frame on it goes");
        pass(Duration.ofSeconds(90), true);
        assertThat(network.opened).as("another attempt").hasSize(3);
    }

    @Test
    void eventsOfOtherLinksAreIgnored() {
        open();
        session.opened(9, true);
        session.closed(9, "another", 0);
        session.pongFrame(9);
        frame(9, "x");
        session.stop();
        session.closed(1, "late", 0);
        session.opened(1, false);
        pass(Duration.ofMinutes(1), true);

        assertThat(venue.events).containsExactly("opened");
        assertThat(session.synthetic()).isFalse();
        assertThat(network.opened).hasSize(1);
        assertThat(network.closed).containsExactly(1);
    }

    @Test
    void usedUpBudgetIsReportedOncePerAttempt() {
        for (int i = 0; i < 20; i++) {
            budget.mayOpenUnqueued();
        }
        session.start();
        pass(Duration.ofMinutes(1), true);
        assertThat(venue.events).containsExactly("used up for 300 s");

        pass(Duration.ofMinutes(5), true);
        assertThat(network.opened).isNotEmpty();
    }

    private void open() {
        session.start();
        session.opened(1, false);
    }

    /** Ends the current connection or attempt and returns the following wait in milliseconds. */
    private long refused(int httpStatus) {
        passUntilOpening();
        session.closed(network.last(), "refused", httpStatus);
        return venue.lastWaitMillis;
    }

    private void passUntilOpening() {
        for (int i = 0; i < 12_000 && !session.isOpen() && network.ended(); i++) {
            pass(TICK, true);
        }
    }

    private void passUntilReplacing() {
        for (int i = 0; i < 12_000 && network.opened.size() < 2; i++) {
            pass(TICK, true);
        }
        assertThat(network.opened).hasSize(2);
    }

    private void frame(int link, String text) {
        session.frame(link, text.getBytes(), 0, text.length(), time.micros());
    }

    private void pass(Duration duration, boolean answered) {
        for (long left = duration.toNanos(); left > 0; left -= TICK.toNanos()) {
            time.advance(TICK);
            session.tick();
            if (network.takePings() > 0 && answered) {
                session.pongFrame(network.lastPinged);
            }
        }
    }

    /** Records the events of the session. */
    private final class Venue implements SessionProtocol {

        private final List<String> events = new ArrayList<>();
        private long lastWaitMillis;
        private String evidence;

        @Override
        public String stalled(long nanos) {
            return evidence;
        }

        @Override
        public void ping() {
            session.sendPing();
        }

        @Override
        public void opened() {
            events.add("opened");
        }

        @Override
        public void replaced(long ageMillis) {
            events.add("replaced after " + ageMillis / 60_000 + " min");
        }

        @Override
        public void frame(byte[] bytes, int offset, int length, long receivedAt) {
            String text = new String(bytes, offset, length);
            if (text.equals("data")) {
                session.data();
            } else {
                events.add("frame " + text);
            }
        }

        @Override
        public void tick() {}

        @Override
        public long retryAfter(int httpStatus, ReconnectWaits waits) {
            return waits.next(httpStatus == 418 ? Pace.FORBIDDEN : Pace.NORMAL);
        }

        @Override
        public boolean refusesHost(int httpStatus) {
            return httpStatus == 418;
        }

        @Override
        public void ended(SessionEnd end) {
            lastWaitMillis = end.retryMillis();
            events.add("ended " + end.attempt() + ": " + end.reason());
            network.endedLink = network.last();
        }

        @Override
        public void budgetUsedUp(long nanos) {
            events.add("used up for " + nanos / 1_000_000_000L + " s");
        }
    }

    private static final class RecordingNetwork implements Network {

        private final List<Integer> opened = new ArrayList<>();
        private final List<Integer> closed = new ArrayList<>();
        private int endedLink;
        private int pings;
        private int newPings;
        private int lastPinged;

        private int last() {
            return opened.get(opened.size() - 1);
        }

        /** Whether there is neither a connection nor an attempt. */
        private boolean ended() {
            return opened.isEmpty() || endedLink == last();
        }

        private int takePings() {
            int taken = newPings;
            newPings = 0;
            return taken;
        }

        @Override
        public void open(int link, URI uri) {
            opened.add(link);
        }

        @Override
        public void send(int link, String text) {
            throw new AssertionError("sent " + text);
        }

        @Override
        public void ping(int link) {
            pings++;
            newPings++;
            lastPinged = link;
        }

        @Override
        public void close(int link) {
            closed.add(link);
        }

        @Override
        public void get(int request, URI uri) {
            throw new AssertionError("requested " + uri);
        }
    }
}
