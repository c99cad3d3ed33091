package dev.livefeed.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The checks must detect errors; otherwise the soak proves nothing. */
class ChecksTest {

    private static final long AT = 1_795_000_000_000L;
    private static final List<MadeTrade> MADE = IntStream.range(0, 6)
            .mapToObj(i -> new MadeTrade(i, "t" + i, AT + i * 1_000, BigDecimal.TEN, BigDecimal.ONE, true, i))
            .toList();

    private final SoakFigures figures = new SoakFigures();
    private final TradeCheck trades = new TradeCheck("trades", figures, (row, leftSoon) -> false, row -> false);
    private final BookCheck book = new BookCheck(
            "book", (c, s, l, u, at) -> new BookPage("[\"10.0\",\"1\"]", "[\"11\",\"2.50\"]", 7, 0, 0), figures);

    @Test
    void wrongOrMissingFactsOfBinanceAreDetected() {
        SimulatedTime time = new SimulatedTime();
        Exchange exchange = new Exchange(
                ExchangeConfig.builder()
                        .venues(Set.of(Venue.BINANCE))
                        .truth(true)
                        .build(),
                time.millis());
        BinanceTrades all = new BinanceTrades(exchange.binance().known(ProductCategory.LINEAR, "BTCUSDT"), true);
        time.every(10 * SimulatedTime.MILLI, () -> exchange.advance(time.millis()));
        time.runUntil(time.nanos() + 60 * SimulatedTime.SECOND);
        all.follow(time.nanos());
        assertThat(all.rows()).hasSizeGreaterThan(100);
        trades.subscribed(0, -1);
        all.rows().stream().filter(row -> row.number() != 50).forEach(row -> trades.trade(trade(row)));

        assertThatThrownBy(() -> trades.verify(all.rows()))
                .hasMessageContaining("number 50")
                .hasMessageContaining("without a gap");
        assertThat(exchange.binance().known(ProductCategory.LINEAR, "BTCUSDT").pageAt(1))
                .isNull();
    }

    @Test
    void completeTradesPass() {
        deliver(0, 1, 2, 3, 4, 5);

        trades.verify(MADE);

        assertThat(figures.tradesMade).isEqualTo(6);
        assertThat(figures.tradesLost).isZero();
    }

    @Test
    void silentlyLostTradeIsDetected() {
        deliver(0, 1, 3, 4, 5);

        assertThatThrownBy(() -> trades.verify(MADE))
                .hasMessageContaining("number 2")
                .hasMessageContaining("without a gap");
    }

    @Test
    void lostLastTradeIsDetected() {
        deliver(0, 1, 2, 3, 4);

        assertThatThrownBy(() -> trades.verify(MADE)).hasMessageContaining("number 5");
        assertThat(trades.missing(MADE, 5)).isNull();
    }

    @Test
    void reportedGapIsCounted() {
        deliver(0, 1);
        trades.gap(range(Gap.STATUS, 2, 3), true);
        trades(4, 5);

        trades.verify(MADE);

        assertThat(figures.tradesLost).isEqualTo(2);
    }

    @Test
    void avoidableGapIsDetected() {
        deliver(0, 1);

        assertThatThrownBy(() -> trades.gap(range(Gap.STATUS, 2, 3), false)).hasMessageContaining("could have filled");
    }

    @Test
    void duplicateTradeIsDetected() {
        deliver(0, 1, 1, 2, 3, 4, 5);

        assertThatThrownBy(() -> trades.verify(MADE)).hasMessageContaining("twice");
    }

    @Test
    void outOfOrderTradeIsDetectedUnlessARepairCoversIt() {
        deliver(0, 2, 1, 3, 4, 5);
        assertThatThrownBy(() -> trades.verify(MADE)).hasMessageContaining("delivered after");

        TradeCheck repaired = new TradeCheck("repaired", figures, (row, leftSoon) -> false, row -> false);
        repaired.subscribed(0, -1);
        List.of(0, 2, 1).forEach(i -> repaired.trade(trade(i)));
        repaired.repaired(range(Repaired.STATUS, 1, 1));
        List.of(3, 4, 5).forEach(i -> repaired.trade(trade(i)));
        assertThatCode(() -> repaired.verify(MADE)).doesNotThrowAnyException();
    }

    @Test
    void tradeBeforeTheTimeThatIsPromisedIsNotDue() {
        trades.subscribed(0, MADE.get(1).atMillis() * 1_000);
        trades(1, 2, 3, 4, 5);
        assertThatCode(() -> trades.verify(MADE)).doesNotThrowAnyException();
    }

    @Test
    void tradeThatComesLaterForAnotherSubscriptionIsNotLost() {
        TradeCheck ended = new TradeCheck("ended", figures, (row, leftSoon) -> false, row -> row.number() == 2);
        ended.subscribed(0, -1);
        List.of(0, 1, 3).forEach(i -> ended.trade(trade(i)));
        ended.unsubscribed();
        assertThatCode(() -> ended.verify(MADE)).doesNotThrowAnyException();

        trades.subscribed(0, -1);
        trades(0, 1, 3);
        trades.unsubscribed();
        assertThatThrownBy(() -> trades.verify(MADE)).hasMessageContaining("lost without a gap");
    }

    @Test
    void lostTradeOfAContractThatWasListedMeanwhileIsDetected() {
        TradeChecks coin = new TradeChecks(
                StreamRequest.optionTrades("BTC"), figures, (category, symbol, row, endedSoon) -> false, Set.of());
        coin.subscribed(Map.of("BTC-1JAN27-1-C", 6L), -1, 0);
        assertThat(coin.of("BTC-1JAN27-1-C").missing(MADE, 6)).isNull();
        assertThat(coin.of("BTC-1JAN27-2-C").missing(MADE, 6)).isEqualTo(MADE.get(0));

        coin.gap("BTC-1JAN27-1-C", range(Gap.STATUS, 0, 5), true);
        assertThat(coin.of("BTC-1JAN27-2-C").missing(MADE, 6)).isNotNull();

        coin.gap(null, range(Gap.STATUS, 0, 4), true);
        assertThat(coin.of("BTC-1JAN27-2-C").missing(MADE, 6)).isEqualTo(MADE.get(5));
    }

    @Test
    void promiseFromATimeAfterItsStatusIsDetected() {
        TradeChecks coin = new TradeChecks(
                StreamRequest.optionTrades("BTC"), figures, (category, symbol, row, endedSoon) -> false, Set.of());
        long at = AT * 1_000;
        assertThatCode(() -> coin.subscribed(Map.of(), at + 500_000, at)).doesNotThrowAnyException();
        assertThatThrownBy(() -> coin.subscribed(Map.of(), at + 5_000_000, at))
                .hasMessageContaining("later than the status");
    }

    @Test
    void lostLastTradeOfAnInstrumentThatEndedIsDetected() {
        deliver(0, 1, 2, 3);
        trades.ended();
        assertThatThrownBy(() -> trades.verify(MADE)).hasMessageContaining("number 4");

        TradeCheck announced = new TradeCheck("announced", figures, (row, leftSoon) -> false, row -> false);
        announced.subscribed(0, -1);
        List.of(0, 1, 2, 3).forEach(i -> announced.trade(trade(i)));
        announced.ended();
        announced.gap(range(Gap.STATUS, 4, 5), true);
        assertThatCode(() -> announced.verify(MADE)).doesNotThrowAnyException();
    }

    @Test
    void gapOfADeliveredContractIsExcusedFromItsDeliveryOnForItsOwnTrades() {
        SimulatedTime time = new SimulatedTime();
        Exchange exchange = new Exchange(ExchangeConfig.builder().seed(1).build(), time.millis());
        MarketPhases phases = new MarketPhases(exchange, time, new SplittableRandom(1));
        String contract = phases.deliver(StreamRequest.optionTrades("BTC"), 10 * SimulatedTime.SECOND);
        long start = time.millis();
        assertThat(phases.lostByDelivery("option", contract, start, "it has ended: x"))
                .as("before")
                .isFalse();

        time.runUntil(time.nanos() + 10 * SimulatedTime.SECOND);
        long now = time.millis();
        assertThat(phases.lostByDelivery("option", contract, start, "REST failed"))
                .isTrue();
        assertThat(phases.lostByDelivery("option", contract, now + 1, "REST failed"))
                .isFalse();
        assertThat(phases.lostByDelivery("option", contract, now + 1, "it has ended: x"))
                .isTrue();
        assertThat(phases.lostByDelivery("option", "BTC", start, "it has ended: x"))
                .isFalse();
    }

    @Test
    void correctBookPasses() {
        book.depth(depth(true, -1, "10", "1", "11", "2.5"));

        assertThat(figures.booksCompared).isOne();
        assertThat(book.correct()).isTrue();
    }

    @Test
    void wrongLevelIsDetected() {
        assertThatThrownBy(() -> book.depth(depth(true, -1, "10", "1", "11", "2.4")))
                .hasMessageContaining("is wrong");
        assertThat(figures.booksWrong).isOne();
    }

    @Test
    void deltaWithoutPredecessorIsDetected() {
        assertThatThrownBy(() -> book.depth(depth(false, 6, "10", "1", "11", "2.5")))
                .hasMessageContaining("while it is stale");
        book.depth(depth(true, -1, "10", "1", "11", "2.5"));
        assertThatThrownBy(() -> book.depth(depth(false, 6, "10", "1", "11", "2.5")))
                .hasMessageContaining("continues 6");
        book.resyncing(false);
        assertThatThrownBy(() -> book.depth(depth(false, 7, "10", "1", "11", "2.5")))
                .hasMessageContaining("while it is stale");
    }

    /** The exchange has published another state 7 since the kept one: its ids began at 1 again. */
    @Test
    void aBookThatContinuesAnotherStateWithTheSameIdIsNotComparedButNotCorrect() {
        BookCheck restarted = bookWhoseStateSevenChangedAt(AT + 5);
        restarted.depth(depth(true, -1, "10", "1", "11", "2.5"));
        restarted.depth(depth(AT + 9, false, 7, "10", "3", "11", "2.5"));

        assertThat(figures.booksMistaken).isOne();
        assertThat(restarted.correct()).isFalse();
        restarted.depth(depth(true, -1, "10", "1", "11", "2.5"));
        assertThat(restarted.correct()).isTrue();
    }

    @Test
    void aBookThatContinuesTheKeptStateIsCompared() {
        for (long changedAt : new long[] {AT, AT + 10}) {
            BookCheck kept = bookWhoseStateSevenChangedAt(changedAt);
            kept.depth(depth(true, -1, "10", "1", "11", "2.5"));
            assertThatThrownBy(() -> kept.depth(depth(AT + 9, false, 7, "10", "3", "11", "2.5")))
                    .hasMessageContaining("is wrong");
        }
        assertThat(figures.booksMistaken).isZero();
    }

    private BookCheck bookWhoseStateSevenChangedAt(long millis) {
        return new BookCheck(
                "restarted",
                (c, s, l, u, at) -> new BookPage("[\"10.0\",\"1\"]", "[\"11\",\"2.50\"]", 7, 0, at < 0 ? millis : at),
                figures);
    }

    @Test
    void secondRecoveryIsDetected() {
        book.depth(depth(true, -1, "10", "1", "11", "2.5"));
        book.resyncing(false);
        book.resyncing(true);

        assertThatThrownBy(() -> book.resyncing(false)).hasMessageContaining("second recovery");
    }

    @Test
    void wrongBookMustBeReportedAsSuspectAtOnce() {
        figures.fault("wide");
        book.depth(depth(true, -1, "10", "1", "11", "2.4"));
        book.suspect();
        assertThat(book.correct()).isFalse();
        book.synced();
        assertThat(book.correct()).isTrue();

        book.depth(depth(true, -1, "10", "1", "11", "2.4"));
        assertThatThrownBy(() -> book.depth(depth(true, -1, "10", "1", "11", "2.5")))
                .hasMessageContaining("is wrong");
    }

    @Test
    void candleThatIsClosedTwiceOrLeftOutIsDetected() {
        CandleCheck candles = new CandleCheck("candles", figures);
        candles.candle(candle(0, true, false));
        assertThatThrownBy(() -> candles.candle(candle(0, true, false))).hasMessageContaining("closed twice");
        assertThatThrownBy(() -> candles.candle(candle(0, false, false))).hasMessageContaining("open after");
        assertThatThrownBy(() -> candles.candle(candle(1, true, true))).hasMessageContaining("correction of none");

        candles.candle(candle(2, false, false));

        assertThat(candles.problem()).contains("neither closed nor is in a gap");
    }

    private static Kline candle(int minute, boolean closed, boolean correction) {
        long start = (AT / 60_000 + minute) * 60_000_000L;
        return new Kline(
                InstrumentId.of(null, "linear", "BTCUSDT"),
                start,
                KlineInterval.of("1m"),
                start,
                start + 59_999_000L,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                closed,
                correction,
                0,
                true);
    }

    private void deliver(int... numbers) {
        trades.subscribed(0, -1);
        trades(numbers);
    }

    private void trades(int... numbers) {
        IntStream.of(numbers).forEach(i -> trades.trade(trade(i)));
    }

    private static Trade trade(int i) {
        return trade(MADE.get(i));
    }

    private static Trade trade(MadeTrade row) {
        return new Trade(
                "BTCUSDT",
                "linear",
                row.id(),
                row.atMillis() * 1_000,
                row.price(),
                row.qty(),
                row.buy() ? Side.BUY : Side.SELL,
                row.seq(),
                false,
                false,
                0,
                true);
    }

    private static Status range(String status, int from, int to) {
        return Status.of(
                status,
                new Status.Head("bybit", "BTCUSDT", "trades", null, "why"),
                Map.of("from", instant(from), "to", instant(to)));
    }

    private static String instant(int i) {
        return java.time.Instant.ofEpochMilli(MADE.get(i).atMillis()).toString();
    }

    private static Depth depth(boolean snapshot, long previous, String bid, String bidQty, String ask, String askQty) {
        return depth(AT, snapshot, previous, bid, bidQty, ask, askQty);
    }

    private static Depth depth(
            long millis, boolean snapshot, long previous, String bid, String bidQty, String ask, String askQty) {
        return new Depth(
                "BTCUSDT",
                "linear",
                millis * 1_000,
                new Levels.Builder()
                        .add(new BigDecimal(bid), new BigDecimal(bidQty))
                        .build(),
                new Levels.Builder()
                        .add(new BigDecimal(ask), new BigDecimal(askQty))
                        .build(),
                7,
                previous,
                snapshot,
                50,
                0,
                true);
    }
}
