package dev.livefeed.connector.bybit.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Synced;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A book with RPI orders that may be wrong is reported as suspect, until it is right again. */
class RpiBookReportTest {

    private static final String TOPIC = "orderbook.rpi.BTCUSDT";
    private static final String BIDS = "[\"100\",\"1\",\"0\"],[\"98\",\"1\",\"0\"]";
    private static final String ASKS = "[\"100.5\",\"0\",\"4\"],[\"101\",\"3\",\"0\"]";

    private final FeedHarness feed = FeedHarness.open();
    private int trades;

    @BeforeEach
    void subscribe() {
        feed.command(Kind.SUBSCRIBE, "depth.rpi", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-2");
        feed.accept();
        feed.lines.next();
    }

    @Test
    void theFirstSnapshotIsFollowedBySynced() {
        snapshot(7);

        assertThat(reports()).containsExactly("event", "synced");
        assertThat(feed.lines.statuses(Synced.STATUS)).singleElement().satisfies(RpiBookReportTest::isOfTheRpiBook);
        delta(8, "[\"99\",\"1\",\"0\"]");
        assertThat(reports()).as("once").containsExactly("event", "synced", "event");
    }

    @Test
    void aLevelThatCannotBeReadMakesItSuspectUntilTheNextSnapshot() {
        snapshot(7);
        delta(8, "[\"99\",\"x\",\"0\"]");
        delta(9, "[\"97\",\"1\",\"0\"]");

        assertThat(reports()).containsExactly("event", "synced", "event", "suspect", "event");
        assertThat(feed.lines.statuses(BookSuspect.STATUS)).singleElement().satisfies(suspect -> {
            isOfTheRpiBook(suspect);
            assertThat(suspect.reason()).startsWith("a level could not be read: a level is [\"99\",\"x\",\"0\"]");
        });
        feed.lines.next();
        resubscribe(20);
        assertThat(reports()).containsExactly("event", "synced");
    }

    @Test
    void aSnapshotWithALevelThatCannotBeReadDoesNotMakeItRight() {
        feed.receive(feed.book(TOPIC, "snapshot", 7, "[\"100\",\"x\",\"0\"]", ASKS));
        assertThat(reports()).containsExactly("event", "suspect");
        resubscribe(20, "[\"100\",\"x\",\"0\"]");
        assertThat(reports()).containsExactly("event", "suspect", "event");
        snapshot(30);

        assertThat(reports()).containsExactly("event", "suspect", "event", "event", "synced");
    }

    @Test
    void aLostUpdateMakesItSuspectUntilTheNextSnapshot() {
        snapshot(7);
        delta(9, "[\"99\",\"1\",\"0\"]");
        delta(10, "[\"97\",\"1\",\"0\"]");

        assertThat(reports()).containsExactly("event", "synced", "suspect");
        assertThat(suspicions()).containsExactly("update 9 came after 7");
        resubscribe(20);
        assertThat(reports()).containsExactly("event", "synced", "suspect", "event", "synced");
        assertThat(feed.lines.statuses(Resyncing.STATUS))
                .as("which readers may take as one of the other books")
                .isEmpty();
    }

    @Test
    void aFrameOfAnotherSymbolMakesItSuspect() {
        snapshot(7);
        feed.receive(feed.book(TOPIC, "delta", 8, "", "").replace("\"s\":\"BTCUSDT\"", "\"s\":\"ETHUSDT\""));

        assertThat(suspicions()).containsExactly("s is \"ETHUSDT\", must be BTCUSDT");
    }

    @Test
    void nothingIsReportedBeforeThereWasABook() {
        delta(9, "[\"99\",\"1\",\"0\"]");
        feed.receive(feed.book(TOPIC, "snapshot", 7, BIDS, ASKS).replace("\"u\":7,", ""));
        delta(10, "[\"99\",\"1\",\"0\"]");

        assertThat(reports()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "linear, its topic is subscribed again", // all connections have ended, which says it
        "spot, its connection spot has ended: reset by the other side"
    })
    void theEndOfItsConnectionMakesItSuspectUntilTheNextOneHasItsSnapshot(String category, String reason) {
        if (category.equals("spot")) {
            feed.command(new Command(Kind.SUBSCRIBE, "depth.rpi", "BTCUSDT", "spot", "c-3"));
            feed.connect();
            feed.accept();
        }
        snapshot(7);
        feed.lines.next();
        feed.disconnect();
        assertThat(suspicions()).hasSize(category.equals("spot") ? 1 : 0);

        feed.pass(Duration.ofSeconds(2));
        feed.connect();
        feed.accept();
        snapshot(3);

        assertThat(suspicions()).containsExactly(reason);
        assertThat(reports()).containsExactly("suspect", "event", "synced");
    }

    @Test
    void anUnsubscribedBookIsNotReported() {
        snapshot(7);
        feed.lines.next();
        feed.command(Kind.UNSUBSCRIBE, "depth.rpi", "BTCUSDT", "c-3");
        feed.accept();

        assertThat(reports()).isEmpty();
        assertThat(feed.lines.statuses("unsubscribed")).hasSize(1);
    }

    @Test
    void aBookThatStandsStillWhileItsSymbolTradesIsSuspectAndSubscribedAgain() {
        snapshot(7);
        feed.lines.next();
        tradeFor(8, "101");

        assertThat(suspicions()).singleElement().asString().matches("no update for \\d s and \\d trades of its symbol");
        resubscribe(300);
        assertThat(feed.feed.figures()).containsEntry("standing_books", 1L).containsEntry("suspect_books", 1L);
        assertThat(feed.network.closed).isEmpty();
        assertThat(feed.lines.statuses()).last().extracting(Status::status).isEqualTo(Synced.STATUS);
    }

    @ParameterizedTest
    @CsvSource({"101, false", "100.5, true", "102, true"})
    void ordersOfRpiAreNotAmongTheBestPricesAtWhichOrdinaryOnesTrade(String price, boolean suspect) {
        snapshot(7);
        feed.pass(Duration.ofSeconds(2));
        trade(price);
        feed.answerPings(Duration.ofSeconds(7));

        assertThat(suspicions()).hasSize(suspect ? 1 : 0);
    }

    @Test
    void anUpdateThatContinuesTheSequenceClearsTheSuspicion() {
        snapshot(7);
        for (int i = 0; i < 30 && suspicions().isEmpty(); i++) {
            tradeFor(1, "101");
        }
        assertThat(suspicions()).hasSize(1);
        feed.lines.next();
        delta(8, "[\"99\",\"1\",\"0\"]");

        assertThat(reports()).containsExactly("event", "synced");
        feed.lines.next();
        feed.network.sent();
        tradeFor(40, "101");
        assertThat(suspicions()).as("not believed again for a minute").isEmpty();
        assertThat(feed.network.sent()).noneMatch(text -> text.contains(TOPIC));
    }

    @Test
    void aReaderThatIsBehindReadsSyncedAfterTheBookThatIsRight() {
        fill();
        snapshot(7);
        delta(8, "[\"99\",\"1\",\"0\"]");
        drain();

        assertThat(reports()).containsExactly("event", "synced");
    }

    @Test
    void aReaderThatIsBehindDoesNotReadSyncedOfABookThatIsSuspectAgain() {
        snapshot(7);
        delta(8, "[\"99\",\"x\",\"0\"]");
        fill();
        snapshot(20);
        delta(21, "[\"99\",\"x\",\"0\"]");
        drain();

        assertThat(reports()).containsSubsequence("suspect", "event").doesNotContain("synced");
        resubscribe(30);
        assertThat(reports()).endsWith("event", "synced");
    }

    /** Blocks the reader and fills the output, so that books wait. */
    private void fill() {
        feed.lines.next();
        feed.lines.block();
        while (!feed.outbox.full()) {
            feed.receive(feed.trade("BTCUSDT", "fill-" + ++trades));
        }
    }

    private void drain() {
        feed.lines.unblock();
        feed.outbox.drained();
        feed.pass(Duration.ofMillis(50));
    }

    private static void isOfTheRpiBook(Status status) {
        assertThat(status.channel()).isEqualTo(RpiDepth.CHANNEL);
        assertThat(status.symbol()).isEqualTo("BTCUSDT");
        assertThat(status.category()).isEqualTo("linear");
        assertThat(status.details()).doesNotContainKey("levels");
    }

    private List<String> suspicions() {
        return feed.lines.statuses(BookSuspect.STATUS).stream()
                .map(Status::reason)
                .toList();
    }

    /** The events and reports of the book in the order in which they were written. */
    private List<String> reports() {
        return feed.lines.events().stream()
                .map(RpiBookReportTest::report)
                .filter(report -> !report.isEmpty())
                .toList();
    }

    private static String report(Event event) {
        return event instanceof RpiDepth
                ? "event"
                : event instanceof Synced || event instanceof BookSuspect ? ((Status) event).status() : "";
    }

    private void snapshot(long update) {
        feed.receive(feed.book(TOPIC, "snapshot", update, BIDS, ASKS));
    }

    private void delta(long update, String bids) {
        feed.receive(feed.book(TOPIC, "delta", update, bids, ""));
    }

    private void resubscribe(long update) {
        resubscribe(update, BIDS);
    }

    /** Waits for the topic to be subscribed again and answers that with a snapshot. */
    private void resubscribe(long update, String bids) {
        for (int i = 0; i < 70; i++) {
            List<String> sent = feed.accept();
            if (sent.stream().anyMatch(text -> text.contains("\"unsubscribe\"") && text.contains(TOPIC))) {
                feed.accept();
                feed.receive(feed.book(TOPIC, "snapshot", update, bids, ASKS));
                return;
            }
            feed.answerPings(Duration.ofSeconds(1));
        }
        throw new AssertionError("the topic was not subscribed again");
    }

    private void tradeFor(int seconds, String price) {
        for (int second = 0; second < seconds; second++) {
            feed.answerPings(Duration.ofSeconds(1));
            trade(price);
        }
    }

    private void trade(String price) {
        feed.receive(feed.trade("BTCUSDT", "t-" + ++trades)
                .replace("82642.90", price)
                .replace("\"seq\":822323446907", "\"seq\":" + (1_000 + trades)));
    }
}
