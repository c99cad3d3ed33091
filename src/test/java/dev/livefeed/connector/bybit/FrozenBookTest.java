package dev.livefeed.connector.bybit;

import static dev.livefeed.connector.bybit.FeedHarness.BOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Synced;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenBookTest {

    private final FeedHarness feed = FeedHarness.open();
    private int id;

    @Test
    void aBookWithoutUpdatesWhileItsSymbolTradesIsSuspectAndSubscribedAgain() {
        subscribeBoth();
        tradeFor(8, "Buy", "100.5", "");

        assertThat(feed.lines.statuses()).extracting(Status::status).startsWith(BookSuspect.STATUS, Resyncing.STATUS);
        assertThat(suspects()).singleElement().satisfies(reason -> assertThat(reason)
                .matches("no update for \\d s and \\d trades of its symbol"));
        answerResync(300);
        assertThat(feed.lines.statuses()).extracting(Status::status).contains(Synced.STATUS);
        assertThat(feed.network.closed).isEmpty();
        assertThat(feed.feed.figures()).containsEntry("standing_books", 1L).containsEntry("resyncs", 1L);
    }

    @ParameterizedTest
    @CsvSource({"Buy,100.6,at its best ask 100.5", "Buy,99,at its best ask 100.5", "Sell,99.5,at its best bid 100.0"})
    void oneTradeAtAnotherPriceThanTheBestIsEnough(String side, String price, String reason) {
        subscribeBoth();
        feed.pass(Duration.ofSeconds(2));
        trade(side, price, "");
        quiet(7);

        assertThat(suspects()).singleElement().satisfies(text -> assertThat(text)
                .contains(price, reason.replace("at ", "not at ")));
    }

    @Test
    void oneTradeAtTheBestPriceIsNoEvidence() {
        subscribeBoth();
        feed.pass(Duration.ofSeconds(2));
        trade("Sell", "100.0", "");
        trade("Sell", "100.00", "");
        quiet(60);

        assertThat(suspects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"BT", "RPI"})
    void tradesThatDoNotChangeTheBookAreNoEvidence(String flag) {
        subscribeBoth();
        tradeFor(30, "Buy", "97", "\"" + flag + "\":true,");

        assertThat(suspects()).isEmpty();
    }

    @Test
    void tradesOlderThanTheBookAreNoEvidence() {
        subscribeBoth();
        for (int second = 0; second < 30; second++) {
            quiet(1);
            trade("Buy", "97", "", -3_600_000);
        }

        assertThat(suspects()).isEmpty();
    }

    @Test
    void updatesKeepTheBookOutOfSuspicion() {
        subscribeBoth();
        for (int second = 0; second < 40; second++) {
            tradeFor(1, "Buy", "97", "");
            if (second % 4 == 0) {
                feed.delta(101 + second / 4, "[\"99.5\",\"" + (second + 1) + "\"]", "");
            }
        }

        assertThat(suspects()).isEmpty();
    }

    @Test
    void withoutTheTradesOfTheSymbolNothingIsSuspected() {
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "ETHUSDT", "c-2");
        feed.accept();
        feed.snapshot(100);
        feed.lines.next();
        for (int second = 0; second < 30; second++) {
            quiet(1);
            feed.receive(feed.trade("ETHUSDT", "e" + second));
        }

        assertThat(suspects()).isEmpty();
    }

    @Test
    void aSuspectBookIsSubscribedAgainAtMostOnceAMinute() {
        subscribeBoth();
        for (int second = 0, update = 300; second < 150; second++) {
            tradeFor(1, "Buy", "100.5", "");
            if (answerResync(update)) {
                update += 100;
            }
        }

        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(3);
        assertThat(feed.lines.statuses(Synced.STATUS)).hasSize(3);
        assertThat(suspects()).hasSizeBetween(3, 4);
        assertThat(feed.network.closed).isEmpty();
    }

    @Test
    void aBookThatWasRightIsSuspectedMoreAndMoreRarely() {
        subscribeBoth();
        for (int second = 0; second < 1_000; second++) {
            tradeFor(1, "Buy", "100.5", "");
            answerResync(100);
        }

        // After 60, 120, 240 and 480 s.
        assertThat(suspects()).hasSizeBetween(4, 5);
    }

    @Test
    void anUpdateThatContinuesTheSequenceClearsTheSuspicion() {
        subscribeBoth();
        tradeFor(8, "Buy", "100.5", "");
        answerResync(300);
        feed.lines.next();
        tradeFor(8, "Buy", "100.5", "");
        assertThat(feed.lines.statuses()).extracting(Status::status).endsWith(BookSuspect.STATUS);
        feed.lines.next();
        feed.network.sent();

        feed.delta(301, "[\"99.5\",\"7\"]", "");

        assertThat(feed.lines.statuses()).extracting(Status::status).containsExactly(Synced.STATUS);
        assertThat(feed.network.sent()).noneMatch(text -> text.contains(BOOK));
    }

    private void subscribeBoth() {
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-2");
        feed.accept();
        feed.snapshot(100);
        feed.lines.next();
    }

    private void tradeFor(int seconds, String side, String price, String flags) {
        for (int second = 0; second < seconds; second++) {
            quiet(1);
            trade(side, price, flags);
        }
    }

    private void quiet(int seconds) {
        for (int second = 0; second < seconds; second++) {
            feed.answerPings(Duration.ofSeconds(1));
        }
    }

    private void trade(String side, String price, String flags) {
        trade(side, price, flags, 0);
    }

    private void trade(String side, String price, String flags, long laterMillis) {
        long millis = feed.time.micros() / 1_000 + laterMillis;
        feed.receive("{\"topic\":\"publicTrade.BTCUSDT\",\"type\":\"snapshot\",\"ts\":" + millis + ",\"data\":[{\"T\":"
                + millis + ",\"s\":\"BTCUSDT\",\"S\":\"" + side + "\",\"v\":\"1\",\"p\":\"" + price + "\"," + flags
                + "\"i\":\"t" + ++id + "\",\"seq\":" + (1_000 + id) + "}]}");
    }

    /** Answers a resubscription of the book with its best levels and that update id; false if there is none. */
    private boolean answerResync(long updateId) {
        List<String> left = feed.accept();
        if (left.stream().noneMatch(text -> text.contains("\"unsubscribe\"") && text.contains(BOOK))) {
            return false;
        }
        feed.accept();
        feed.snapshot(updateId);
        return true;
    }

    private List<String> suspects() {
        return feed.lines.statuses(BookSuspect.STATUS).stream()
                .map(Status::reason)
                .toList();
    }
}
