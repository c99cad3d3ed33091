package dev.livefeed.connector.binance;

import static dev.livefeed.connector.binance.FeedHarness.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Synced;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** An id that is wrong, or ids that the venue counts anew, do not silence a stream. */
class WrongIdTest {

    private static final long FAR = 9_000_000_000_000L;

    private final FeedHarness feed = new FeedHarness("{\"data_silence_ms\":0}");

    private void trades(long... ids) {
        for (long id : ids) {
            feed.pass(Duration.ofMillis(200));
            feed.trade(feed.link(), id);
        }
    }

    private void subscribed(String channel) {
        feed.command(Kind.SUBSCRIBE, channel);
        feed.accept();
    }

    private List<Long> delivered() {
        return feed.lines.of(Trade.class).stream()
                .map(trade -> Long.parseLong(trade.id()))
                .toList();
    }

    private List<Gap> gaps() {
        return feed.lines.statuses("gap").stream().map(Gap.class::cast).toList();
    }

    /** Answers requests for trades with an empty list for that long. */
    private void emptyLists(Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= 200) {
            while (!feed.requests().isEmpty()) {
                feed.answer("[]");
            }
            feed.pass(Duration.ofMillis(200));
        }
    }

    @Test
    void aTradeWithAnIdThatIsFarTooHighIsFetchedAndTheNextOnesAreDelivered() {
        subscribed("trades");
        trades(100, 101, FAR);
        String missed = feed.row(102);
        trades(103, 104, 105);
        feed.answer("[" + missed + "," + feed.row(103) + "," + feed.row(104) + "," + feed.row(105) + "]");
        trades(106, 107);

        assertThat(delivered()).containsExactly(100L, 101L, 102L, 103L, 104L, 105L, 106L, 107L);
        assertThat(gaps()).isEmpty();
        assertThat(feed.requests()).isEmpty();
    }

    @Test
    void tradesAfterOneWithAWrongIdThatWasDeliveredAreNotTakenForRepetitions() {
        subscribed("trades");
        trades(100, 101, FAR);
        emptyLists(Duration.ofSeconds(60));
        assertThat(delivered()).endsWith(FAR);

        trades(103, 104, 105, 106);

        assertThat(delivered()).endsWith(FAR, 103L, 104L, 105L, 106L);
        assertThat(gaps()).hasSize(2);
    }

    @Test
    void tradesWhoseIdsTheVenueCountsAnewAreDelivered() {
        subscribed("trades");
        trades(70_000, 70_001);
        feed.end(feed.link());
        feed.pass(Duration.ofSeconds(3));
        feed.open();
        feed.accept();
        emptyLists(Duration.ofSeconds(1));

        trades(LongStream.rangeClosed(1, 10).toArray());

        assertThat(delivered()).startsWith(70_000L, 70_001L).endsWith(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(gaps()).singleElement().satisfies(gap -> assertThat(gap.reason())
                .contains("70001"));
    }

    @Test
    void idsThatAnEarlierProcessHasDeliveredAreDeliveredIfTheVenueCountsAnew() {
        feed.resume(feed.time.micros() - 1_000_000, "5", "70000");
        feed.accept();
        emptyLists(Duration.ofSeconds(40));
        trades(70_001);
        emptyLists(Duration.ofSeconds(40));
        trades(LongStream.rangeClosed(1, 10).toArray());

        assertThat(delivered()).endsWith(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void aSingleTradeWithAnIdThatIsFarTooLowIsFetched() {
        subscribed("trades");
        trades(70_000, 70_001, 5);
        String missed = feed.row(70_002);
        trades(70_003);
        feed.answer("[" + missed + "," + feed.row(70_003) + "]");
        trades(70_004, 7, 70_006);
        feed.answer("[" + feed.row(70_005) + "," + feed.row(70_006) + "]");
        trades(9, 70_008);
        feed.answer("[" + feed.row(70_007) + "," + feed.row(70_008) + "]");

        assertThat(delivered())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(70_000, 70_008).boxed().toList());
        assertThat(gaps()).isEmpty();
    }

    @Test
    void idsCountedAnewInAQuietMarketAreFoundWithTheVenuesLastTrade() {
        subscribed("trades");
        trades(70_000, 70_001);
        feed.pass(Duration.ofSeconds(3));
        trades(1);
        for (int i = 0; i < 120 && feed.requests().isEmpty(); i++) {
            feed.pass(Duration.ofSeconds(1));
        }
        assertThat(feed.requests()).isNotEmpty();
        feed.answer("[" + feed.row(1) + "]");

        assertThat(gaps()).hasSize(1);
        feed.pass(Duration.ofMillis(500));
        trades(2);
        assertThat(delivered()).endsWith(70_001L, 2L);
    }

    @Test
    void aBookWhoseLastUpdateHadAWrongIdIsFetchedAgainThoughNoOtherUpdateComes() {
        FeedHarness silent = new FeedHarness("{\"data_silence_ms\":0,\"silent_depth_ms\":0}");
        silent.command(Kind.SUBSCRIBE, "depth");
        silent.accept();
        silent.answer(snapshot(5, "1"));
        silent.receive(
                silent.link(),
                "{\"stream\":\"" + FeedHarness.DEPTH + "\",\"data\":{\"E\":" + silent.millis() + ",\"U\":6,\"u\":" + FAR
                        + ",\"b\":[[\"100.00\",\"3\"]],\"a\":[]}}");
        int answers = 0;
        for (int i = 0; i < 150 && silent.lines.statuses(Resyncing.STATUS).isEmpty(); i++) {
            if (!silent.requests().isEmpty()) {
                silent.answer(snapshot(7, "7"));
                answers++;
            }
            silent.pass(Duration.ofSeconds(1));
        }
        assertThat(answers).as("one snapshot may be old").isEqualTo(3);
        assertThat(silent.lines.statuses(Resyncing.STATUS))
                .singleElement()
                .satisfies(status -> assertThat(status.head().reason()).contains(String.valueOf(FAR)));

        silent.answer(snapshot(7, "7"));
        List<Depth> depths = silent.lines.depths();
        assertThat(depths.get(depths.size() - 1).lastUpdateId()).isEqualTo(7);
        assertThat(silent.lines.statuses(Synced.STATUS)).hasSize(2);
    }

    @Test
    void aBookWhoseUpdateHadAWrongIdIsFetchedAgain() {
        subscribed("depth");
        feed.answer(snapshot(5, "1"));
        feed.update(feed.link(), 6, "2");
        feed.receive(
                feed.link(),
                "{\"stream\":\"" + FeedHarness.DEPTH + "\",\"data\":{\"E\":" + feed.millis() + ",\"U\":7,\"u\":" + FAR
                        + ",\"b\":[[\"100.00\",\"3\"]],\"a\":[]}}");
        for (int id = 8; id < 40; id++) {
            feed.pass(Duration.ofMillis(250));
            feed.update(feed.link(), id, String.valueOf(id));
        }
        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(1);
        feed.answer(snapshot(39, "39"));

        feed.update(feed.link(), 40, "40");
        List<Depth> depths = feed.lines.depths();
        assertThat(depths.get(depths.size() - 1).lastUpdateId()).isEqualTo(40);
    }

    @Test
    void aBookIsFetchedAgainIfItsMarketIsQuietAfterAWrongId() {
        subscribed("depth");
        feed.answer(snapshot(5, "1"));
        feed.receive(
                feed.link(),
                "{\"stream\":\"" + FeedHarness.DEPTH + "\",\"data\":{\"E\":" + feed.millis() + ",\"U\":6,\"u\":" + FAR
                        + ",\"b\":[[\"100.00\",\"3\"]],\"a\":[]}}");
        feed.pass(Duration.ofMillis(100));
        feed.update(feed.link(), 7, "7");
        feed.pass(Duration.ofSeconds(6));

        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(1);
        feed.answer(snapshot(7, "7"));
        assertThat(feed.lines.statuses(Synced.STATUS)).hasSize(2);
    }

    @Test
    void updatesThatTheSnapshotContainsAlreadyDoNotCostTheBook() {
        subscribed("depth");
        feed.answer(snapshot(100, "1"));
        for (int id = 60; id < 100; id++) {
            feed.pass(Duration.ofMillis(100));
            feed.update(feed.link(), id, "5");
        }
        feed.update(feed.link(), 101, "9");

        assertThat(feed.lines.statuses(Resyncing.STATUS)).isEmpty();
        assertThat(feed.lines.depths()).hasSize(2);
    }

    @Test
    void bestPricesWithAnIdThatIsFarTooHighDoNotSilenceThoseThatFollow() {
        subscribed("ticker");
        for (String one : new String[] {"7 100", "9000000000000 101", "8 102", "9 103"}) {
            feed.data(
                    "btcusdt@bookTicker",
                    "\"u\":" + one.split(" ")[0] + ",\"E\":" + feed.millis() + ",\"b\":\"" + one.split(" ")[1]
                            + "\",\"B\":\"1\",\"a\":\"200\",\"A\":\"1\"");
            feed.pass(Duration.ofMillis(200));
        }

        assertThat(feed.lines.of(Ticker.class))
                .extracting(ticker -> ticker.figure(TickerFigure.BID_PRICE).toPlainString())
                .containsExactly("100", "101", "102", "103");
    }
}
