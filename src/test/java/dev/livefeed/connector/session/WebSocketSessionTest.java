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

/**
 * A session of a venue that has no ping of its own, answers those of the WebSocket, and ends connections of a certain
 * age.
 */
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
    private final Wire network = new Wire();
    private final ConnectionBudget budget = new ConnectionBudget(time, 20);
    private final SessionContext context = new SessionContext(network, time, new Random(7), new Identifiers(), budget);
    private final Venue venue = new Venue();
    private final WebSocketSession session =
            new WebSocketSession(context, URI.create("wss://stream.example/ws"), TIMEOUTS, venue);

    @Test
    void itIsKeptAliveByPingsOfTheWebSocketAlone() {
        open();
        assertThat(network.takePings()).isEqualTo(1);
        session.pongFrame(1);

        pass(Duration.ofSeconds(60), true);

        assertThat(venue.words).containsExactly("opened");
        assertThat(network.pings).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aConnectionThatAnswersNothingIsMadeAnewAndResubscribed() {
        open();
        pass(Duration.ofSeconds(6), false);

        assertThat(venue.words).containsExactly("opened", "ended 1: no pong and nothing else within 5000 ms");
        assertThat(network.closed).containsExactly(1);
        assertThat(network.opened).as("the next attempt follows").hasSize(2);
        session.opened(2, false);
        assertThat(venue.words).last().isEqualTo("opened");
    }

    @Test
    void dataThatStaysAwayEndsAConnectionThatAnswersPings() {
        open();
        for (int i = 0; i < 300; i++) {
            pass(TICK, true);
            frame(1, "data");
        }
        pass(Duration.ofSeconds(11), true);

        assertThat(venue.words)
                .filteredOn(word -> word.startsWith("ended"))
                .singleElement()
                .asString()
                .startsWith("ended 0: no market data for 10")
                .endsWith("ms, though pings are answered");
    }

    @Test
    void theWaitsGrowUntilAConnectionWasOfUse() {
        session.start();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waits.add(refused(0));
        }
        assertThat(waits.get(0)).isBetween(400L, 600L);
        assertThat(waits.get(5)).isBetween(8_000L, 10_000L);

        untilOpened();
        session.opened(network.last(), false);
        assertThat(refused(0)).as("having connected is not enough").isBetween(8_000L, 10_000L);
        untilOpened();
        session.opened(network.last(), false);
        frame(network.last(), "data");
        assertThat(refused(0)).isBetween(400L, 600L);
    }

    @Test
    void whatTheVenueSaysOfTheHostHoldsTheOthersToo() {
        session.start();
        long wait = refused(418);

        assertThat(wait).isBetween(8_000L, 12_000L);
        assertThat(budget.mayOpenBeside()).isFalse();
        time.advance(Duration.ofMillis(wait + 1));
        assertThat(budget.mayOpenBeside()).isTrue();
    }

    @Test
    void aConnectionIsReplacedBeforeTheVenueEndsIt() {
        open();
        passUntilReplacing();
        assertThat(network.closed).as("the old one stays meanwhile").isEmpty();
        frame(1, "still the old one");
        frame(2, "not yet");
        session.opened(2, false);
        frame(1, "no longer");
        frame(2, "the new one");

        assertThat(network.closed).containsExactly(1);
        assertThat(venue.words).hasSize(4).contains("opened", "frame still the old one", "frame the new one");
        assertThat(venue.words.get(2)).startsWith("replaced after 9");
    }

    @Test
    void aReplacementThatIsRefusedLeavesTheOldConnection() {
        open();
        passUntilReplacing();
        session.closed(2, "refused", 418);
        frame(1, "on it goes");

        assertThat(session.isOpen()).isTrue();
        assertThat(budget.mayOpenBeside()).isFalse();
        assertThat(venue.words).containsExactly("opened", "frame on it goes");
        pass(Duration.ofSeconds(90), true);
        assertThat(network.opened).as("another try").hasSize(3);
    }

    @Test
    void whatIsNotItsOwnIsLeftAlone() {
        open();
        session.opened(9, true);
        session.closed(9, "another", 0);
        session.pongFrame(9);
        frame(9, "x");
        session.stop();
        session.closed(1, "late", 0);
        session.opened(1, false);
        pass(Duration.ofMinutes(1), true);

        assertThat(venue.words).containsExactly("opened");
        assertThat(session.synthetic()).isFalse();
        assertThat(network.opened).hasSize(1);
        assertThat(network.closed).containsExactly(1);
    }

    @Test
    void anAllowanceThatIsUsedUpIsToldOnceAnAttempt() {
        for (int i = 0; i < 20; i++) {
            budget.mayOpenBeside();
        }
        session.start();
        pass(Duration.ofMinutes(1), true);
        assertThat(venue.words).containsExactly("used up for 300 s");

        pass(Duration.ofMinutes(5), true);
        assertThat(network.opened).isNotEmpty();
    }

    private void open() {
        session.start();
        session.opened(1, false);
    }

    /** The wait in milliseconds that follows when the present connection is refused, or ends. */
    private long refused(int httpStatus) {
        untilOpened();
        session.closed(network.last(), "refused", httpStatus);
        return venue.lastWaitMillis;
    }

    private void untilOpened() {
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

    /** Records what becomes of the session. */
    private final class Venue implements SessionProtocol {

        private final List<String> words = new ArrayList<>();
        private long lastWaitMillis;

        @Override
        public void ping() {
            session.sendPing();
        }

        @Override
        public void opened() {
            words.add("opened");
        }

        @Override
        public void replaced(long ageMillis) {
            words.add("replaced after " + ageMillis / 60_000 + " min");
        }

        @Override
        public void frame(byte[] bytes, int offset, int length, long receivedAt) {
            String text = new String(bytes, offset, length);
            if (text.equals("data")) {
                session.data();
            } else {
                words.add("frame " + text);
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
            words.add("ended " + end.attempt() + ": " + end.reason());
            network.endedLink = network.last();
        }

        @Override
        public void budgetUsedUp(long nanos) {
            words.add("used up for " + nanos / 1_000_000_000L + " s");
        }
    }

    private static final class Wire implements Network {

        private final List<Integer> opened = new ArrayList<>();
        private final List<Integer> closed = new ArrayList<>();
        private int endedLink;
        private int pings;
        private int untaken;
        private int lastPinged;

        private int last() {
            return opened.get(opened.size() - 1);
        }

        /** Whether no connection is there or under way. */
        private boolean ended() {
            return opened.isEmpty() || endedLink == last();
        }

        private int takePings() {
            int taken = untaken;
            untaken = 0;
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
            untaken++;
            lastPinged = link;
        }

        @Override
        public void close(int link) {
            closed.add(link);
        }

        @Override
        public void get(int request, URI uri) {
            throw new AssertionError("asked " + uri);
        }
    }
}
