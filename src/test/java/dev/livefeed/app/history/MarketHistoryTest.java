package dev.livefeed.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The candles of the past day and the last trades of an instrument. */
class MarketHistoryTest {

    private static final long MINUTE = 60_000_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    /** The beginning of a day. */
    private static final long START = 20_000 * DAY;

    private static final InstrumentId BTC = InstrumentId.of("bybit", "linear", "BTCUSDT");
    private static final InstrumentId COIN = InstrumentId.of("bybit", "option", "BTC");
    private static final InstrumentId CONTRACT = InstrumentId.of("bybit", "option", "BTC-27NOV26-70000-C");

    private long now = START;
    private final MarketHistory history = new MarketHistory(() -> now, false);

    private static Trade trade(InstrumentId instrument, long at, String price, String qty, Side side) {
        return new Trade(
                instrument,
                "id" + at,
                at,
                new BigDecimal(price),
                new BigDecimal(qty),
                side,
                -1,
                false,
                false,
                at,
                false,
                false,
                false);
    }

    private void buy(long at, String price, String qty) {
        now = Math.max(now, at);
        history.trade(trade(BTC, at, price, qty, Side.BUY));
    }

    private static Kline kline(long start, String low, String high, String volume, String turnover) {
        return new Kline(
                BTC,
                start + MINUTE,
                KlineInterval.MINUTE,
                start,
                start + MINUTE - 1_000,
                new BigDecimal(low),
                new BigDecimal(high),
                new BigDecimal(low),
                new BigDecimal(high),
                new BigDecimal(volume),
                turnover == null ? null : new BigDecimal(turnover),
                true,
                false,
                start + MINUTE,
                true);
    }

    private List<PastCandle> candles(CandleTimeframe timeframe) {
        return history.candles(BTC, timeframe, 2_000).candles();
    }

    /** Trades of a day in random order of some minutes, compared with sums over all of them. */
    @ParameterizedTest
    @EnumSource(CandleTimeframe.class)
    void candlesAreTheSumsOfTheirTrades(CandleTimeframe timeframe) {
        Random random = new Random(14);
        TreeMap<Long, List<Trade>> expected = new TreeMap<>();
        List<Trade> trades = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            long at = START + (long) (random.nextDouble() * (DAY - MINUTE));
            trades.add(trade(
                    BTC,
                    at,
                    new BigDecimal(random.nextInt(1, 2_000_000))
                            .movePointLeft(random.nextInt(4))
                            .toPlainString(),
                    new BigDecimal(random.nextInt(1, 5_000))
                            .movePointLeft(random.nextInt(9))
                            .toPlainString(),
                    random.nextBoolean() ? Side.BUY : Side.SELL));
        }
        trades.sort(Comparator.comparingLong(trade -> trade.timestampMicros() + random.nextLong(3 * MINUTE)));
        for (Trade trade : trades) {
            now = Math.max(now, trade.timestampMicros());
            history.trade(trade);
            long start = trade.timestampMicros() - Math.floorMod(trade.timestampMicros(), timeframe.minutes() * MINUTE);
            expected.computeIfAbsent(start, each -> new ArrayList<>()).add(trade);
        }

        List<PastCandle> found = candles(timeframe);

        assertThat(found).extracting(PastCandle::startMicros).containsExactlyElementsOf(expected.keySet());
        for (PastCandle candle : found) {
            List<Trade> own = expected.get(candle.startMicros());
            Comparator<Trade> time = Comparator.comparingLong(Trade::timestampMicros);
            assertThat(candle.prices().open())
                    .isEqualByComparingTo(own.stream().min(time).orElseThrow().price());
            assertThat(candle.prices().close())
                    .isEqualByComparingTo(own.stream().max(time).orElseThrow().price());
            assertThat(candle.prices().high())
                    .isEqualByComparingTo(own.stream()
                            .map(Trade::price)
                            .max(Comparator.naturalOrder())
                            .orElseThrow());
            assertThat(candle.prices().low())
                    .isEqualByComparingTo(own.stream()
                            .map(Trade::price)
                            .min(Comparator.naturalOrder())
                            .orElseThrow());
            assertThat(candle.volumes().volume()).isEqualByComparingTo(sum(own, null));
            assertThat(candle.volumes().buy()).isEqualByComparingTo(sum(own, Side.BUY));
            assertThat(candle.delta()).isEqualByComparingTo(sum(own, Side.BUY).subtract(sum(own, Side.SELL)));
            assertThat(candle.volumes().quote())
                    .isEqualByComparingTo(own.stream()
                            .map(trade -> trade.price().multiply(trade.qty()))
                            .reduce(BigDecimal.ZERO, BigDecimal::add));
            assertThat(candle.volumes().trades()).isEqualTo(own.size());
        }
    }

    private static BigDecimal sum(List<Trade> trades, Side side) {
        return trades.stream()
                .filter(trade -> side == null || trade.side() == side)
                .map(Trade::qty)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void digitsOfAnyLengthAreKept() {
        String price = "123456789012.345678";
        String small = "0.000000000000000001";
        buy(START, price, "987654321098765432");
        buy(START + 1, small, small);
        buy(START + MINUTE, "1", "1"); // the minute before is stored now

        PastCandle candle = candles(CandleTimeframe.ONE).get(0);
        assertThat(candle.prices().open()).isEqualTo(new BigDecimal(price));
        assertThat(candle.prices().low()).isEqualTo(new BigDecimal(small));
        assertThat(candle.volumes().volume()).isEqualTo("987654321098765432.000000000000000001");
        assertThat(candle.volumes().quote())
                .isEqualByComparingTo(new BigDecimal(price)
                        .multiply(new BigDecimal("987654321098765432"))
                        .add(new BigDecimal(small).multiply(new BigDecimal(small))));
    }

    /** The limit that the documents name: 2,000 of them need 100 MB. */
    @Test
    void aDayOfCandlesIsSmall() {
        Random random = new Random(7);
        for (int minute = 0; minute < 1_501; minute++) {
            for (int i = 0; i < 20; i++) {
                buy(
                        START + minute * MINUTE + i * 2_900_017,
                        (60_000 + random.nextInt(900)) + "." + random.nextInt(10) + "0",
                        "0." + (100 + random.nextInt(900)));
            }
        }

        assertThat(candles(CandleTimeframe.ONE)).hasSize(MarketHistory.MINUTES);
        assertThat(history.bytes()).isBetween(20_000L, 55_000L);
    }

    @Test
    void onlyThePastDayIsKept() {
        buy(START, "1", "1");
        buy(START + DAY, "2", "1");
        assertThat(candles(CandleTimeframe.ONE)).hasSize(2);

        buy(START + DAY + MINUTE, "3", "1");
        assertThat(candles(CandleTimeframe.ONE))
                .extracting(PastCandle::startMicros)
                .containsExactly(START + DAY, START + DAY + MINUTE);

        buy(START + 3 * DAY, "4", "1");
        buy(START + DAY, "5", "1");
        assertThat(candles(CandleTimeframe.HOUR)).hasSize(1);
    }

    /** At the edge of the day only whole candles are given. */
    @Test
    void theFirstCandleIsNotCut() {
        for (int minute = 0; minute <= 1_450; minute++) {
            buy(START + minute * MINUTE, "1", "1");
        }

        List<PastCandle> hours = candles(CandleTimeframe.HOUR);
        assertThat(hours.get(0).startMicros()).isEqualTo(START + HOUR);
        assertThat(hours.get(0).volumes().trades()).isEqualTo(60);
        assertThat(hours).hasSize(24);
        assertThat(hours.get(23).closed()).isFalse();
        assertThat(hours.get(22).closed()).isTrue();
    }

    @Test
    void theLastOnesOfARangeAreGiven() {
        for (int minute = 0; minute < 100; minute++) {
            buy(START + minute * MINUTE, "1", "1");
        }

        PastCandles found = history.candles(BTC, CandleTimeframe.ONE, START + 10 * MINUTE, START + 50 * MINUTE, 5);
        assertThat(found.candles())
                .extracting(PastCandle::startMicros)
                .containsExactly(
                        START + 45 * MINUTE,
                        START + 46 * MINUTE,
                        START + 47 * MINUTE,
                        START + 48 * MINUTE,
                        START + 49 * MINUTE);
        assertThat(history.candles(BTC, CandleTimeframe.ONE, START + 1, START + 2 * MINUTE + 1, 9)
                        .candles())
                .extracting(PastCandle::startMicros)
                .containsExactly(START + MINUTE, START + 2 * MINUTE);
        assertThat(history.candles(BTC, CandleTimeframe.ONE, START + DAY, START + 2 * DAY, 9)
                        .candles())
                .isEmpty();
        assertThat(history.candles(COIN, CandleTimeframe.ONE, 9).candles()).isEmpty();
    }

    @Test
    void aCandleIsOpenUntilItsTimeIsOver() {
        buy(START, "1", "1");
        assertThat(candles(CandleTimeframe.ONE).get(0).closed()).isFalse();

        now = START + MINUTE;
        assertThat(candles(CandleTimeframe.ONE).get(0).closed()).isTrue();
        assertThat(candles(CandleTimeframe.FIVE).get(0).closed()).isFalse();
    }

    @Test
    void theExchangeFillsWhatTheFeedHasMissed() {
        buy(START + 2 * MINUTE, "10", "1");
        now = START + 4 * MINUTE;

        assertThat(history.fill(kline(START, "5", "6", "3", "17"))).isTrue();
        assertThat(history.fill(kline(START + MINUTE, "5", "6", "0", "0"))).isFalse();
        assertThat(history.fill(kline(START + 2 * MINUTE, "9", "11", "1", "10")))
                .isFalse();
        assertThat(history.fill(kline(START + 3 * MINUTE, "7", "8", "2", null))).isTrue();

        List<PastCandle> found = candles(CandleTimeframe.ONE);
        assertThat(found)
                .extracting(PastCandle::startMicros)
                .containsExactly(START, START + 2 * MINUTE, START + 3 * MINUTE);
        assertThat(found.get(0).volumes())
                .isEqualTo(new PastCandle.Volumes(new BigDecimal("3"), null, new BigDecimal("17"), null));
        assertThat(found.get(0).synthetic()).isTrue();
        assertThat(found.get(0).delta()).isNull();
        assertThat(found.get(1).volumes().trades()).isEqualTo(1);
        assertThat(found.get(2).vwap()).isNull();
        assertThat(candles(CandleTimeframe.FIVE).get(0).volumes())
                .isEqualTo(new PastCandle.Volumes(new BigDecimal("6"), null, null, null));

        // The feed had one trade of that minute, the exchange all of them; later trades are among those.
        assertThat(history.fill(kline(START + 2 * MINUTE, "9", "11", "5", "50")))
                .isTrue();
        buy(START + 2 * MINUTE + 7, "99", "1");
        assertThat(candles(CandleTimeframe.ONE).get(1).prices().high()).isEqualByComparingTo("11");
        assertThat(candles(CandleTimeframe.ONE).get(1).volumes().volume()).isEqualByComparingTo("5");
    }

    @Test
    void pastTradesTellWhoTookWhereTheExchangesCandleDoesNot() {
        now = START + 3 * MINUTE;
        history.fill(kline(START, "10", "12", "3", "33"));
        history.fill(kline(START + MINUTE, "10", "12", "5", "55"));
        buy(START + 2 * MINUTE + 30, "12", "1");

        past(START, "10", "1", Side.BUY);
        past(START + 1, "12", "2", Side.SELL);
        past(START + MINUTE, "11", "4", Side.SELL);
        past(START + 2 * MINUTE, "9", "2", Side.SELL);
        past(START + 2 * MINUTE + 1, "8", "3", Side.SELL);

        assertThat(candles(CandleTimeframe.ONE))
                .extracting(
                        candle -> candle.prices().open().toPlainString(),
                        candle -> candle.prices().close().toPlainString(),
                        candle -> candle.volumes().volume().toPlainString(),
                        PastCandle::delta)
                .containsExactly(
                        tuple("10", "12", "3", new BigDecimal("-1")),
                        tuple("10", "12", "5", null), // a trade of it has not come
                        tuple("9", "12", "6", new BigDecimal("-4")));
        assertThat(candles(CandleTimeframe.ONE).get(0).volumes().trades()).isEqualTo(2);

        past(START + 2 * MINUTE + 2, "7", "1", Side.BUY);
        assertThat(candles(CandleTimeframe.ONE).get(2).prices().low()).isEqualByComparingTo("7");
        assertThat(candles(CandleTimeframe.ONE).get(2).volumes().volume()).isEqualByComparingTo("7");
        history.fill(kline(START, "10", "12", "3", "33"));
        assertThat(candles(CandleTimeframe.ONE).get(0).delta()).isEqualByComparingTo("-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_200, 1_300})
    void pastAndLiveTradesTogetherAreTheWholeDay(int pastBeforeLive) {
        Random random = new Random(131);
        List<Trade> day = new ArrayList<>();
        for (int i = 1; i <= 2_000; i++) {
            Trade at = trade(
                    BTC, START + i * MINUTE / 100, "5" + i, "0." + i, random.nextBoolean() ? Side.BUY : Side.SELL);
            day.add(numbered(at, i));
        }
        now = START + HOUR;
        MarketHistory whole = new MarketHistory(() -> now, false);
        day.forEach(whole::trade);
        Market market = new Market(() -> 0);
        market.onTaken(history);
        int next = 1_250;
        int past = 0;
        while (past < pastBeforeLive) {
            market.past(day.get(past++));
        }
        while (next < day.size() || past < day.size()) {
            if (next < day.size() && random.nextBoolean()) {
                market.trade(day.get(next++));
            } else if (past < next) {
                market.past(day.get(past++));
            }
            if (random.nextInt(50) == 0) {
                candles(CandleTimeframe.ONE);
            }
        }

        assertThat(candles(CandleTimeframe.ONE))
                .usingRecursiveComparison()
                .ignoringFields("complete")
                .isEqualTo(whole.candles(BTC, CandleTimeframe.ONE, 2_000).candles());
    }

    private static Trade numbered(Trade trade, int id) {
        return new Trade(
                trade.instrument(),
                Integer.toString(id),
                trade.timestampMicros(),
                trade.price(),
                trade.qty(),
                trade.side(),
                -1,
                false,
                false,
                trade.receivedAt(),
                false,
                false,
                false);
    }

    private void past(long at, String price, String qty, Side side) {
        history.past(trade(BTC, at, price, qty, side));
    }

    @Test
    void whatMayBeMissingIsNamed() {
        now = START + 10 * MINUTE;
        assertThat(history.candles(BTC, CandleTimeframe.ONE, START, START + 11 * MINUTE, 9)
                        .missing())
                .containsExactly(new PastCandles.Period(START, START + 11 * MINUTE));

        history.subscribed(BTC, START + 4 * MINUTE + 1);
        assertThat(missing(11)).containsExactly(new PastCandles.Period(START, START + 5 * MINUTE));

        history.filled(BTC, START / 1_000, (START + 3 * MINUTE) / 1_000);
        assertThat(missing(11)).containsExactly(new PastCandles.Period(START + 3 * MINUTE, START + 5 * MINUTE));

        history.filled(BTC, START / 1_000, (START + 5 * MINUTE) / 1_000);
        assertThat(missing(11)).isEmpty();

        history.gap(BTC, START + 7 * MINUTE + 1, START + 8 * MINUTE);
        assertThat(missing(11)).containsExactly(new PastCandles.Period(START + 7 * MINUTE, START + 9 * MINUTE));
    }

    private List<PastCandles.Period> missing(int minutes) {
        return history.candles(BTC, CandleTimeframe.ONE, START, START + minutes * MINUTE, 9)
                .missing();
    }

    @Test
    void aCandleWithAMinuteThatMayLackTradesIsNotComplete() {
        history.subscribed(BTC, START);
        buy(START + MINUTE, "1", "1");
        buy(START + 6 * MINUTE, "1", "1");
        history.gap(BTC, START + 2 * MINUTE, START + 2 * MINUTE + 5);

        assertThat(candles(CandleTimeframe.FIVE))
                .extracting(PastCandle::complete)
                .containsExactly(false, true);
        assertThat(candles(CandleTimeframe.ONE))
                .extracting(PastCandle::complete)
                .containsExactly(true, true);
    }

    /** Whether trades are missing is known when the subscription says from when on it has them. */
    @Test
    void anOutageIsAHoleUntilItsTradesAreFetched() {
        history.subscribed(BTC, START);
        buy(START + MINUTE, "1", "1");
        history.lost(BTC);
        now = START + 4 * MINUTE;
        assertThat(missing(5)).containsExactly(new PastCandles.Period(START + MINUTE, START + 5 * MINUTE));

        history.subscribed(BTC, START + MINUTE);
        assertThat(missing(5)).isEmpty();

        history.lost(BTC);
        now = START + 8 * MINUTE;
        history.subscribed(BTC, START + 6 * MINUTE + 1);
        assertThat(missing(9)).containsExactly(new PastCandles.Period(START + MINUTE, START + 7 * MINUTE));
    }

    @Test
    void contractsAreCoveredByTheirBaseCoin() {
        history.subscribed(COIN, START);
        now = START + MINUTE;
        history.trade(trade(CONTRACT, START + 5, "1", "1", Side.BUY));

        assertThat(history.candles(CONTRACT, CandleTimeframe.ONE, 1)
                        .candles()
                        .get(0)
                        .complete())
                .isTrue();
        assertThat(history.newestTrade(COIN)).isEqualTo(START + 5);
    }

    @Test
    void manyGapsAreFewPeriods() {
        history.subscribed(BTC, START);
        for (int minute = 0; minute < 600; minute += 2) {
            buy(START + minute * MINUTE, "1", "1");
            history.gap(BTC, START + minute * MINUTE, START + minute * MINUTE + 1);
        }

        now += MINUTE;

        List<PastCandles.Period> periods = missing(600);
        assertThat(periods).hasSize(PastCandles.MOST_MISSING);
        assertThat(periods.get(0).fromMicros()).isEqualTo(START);
        assertThat(periods.get(99).toMicros()).isEqualTo(START + 599 * MINUTE);
    }

    @Test
    void aClockThatStepsBackForgetsWhatIsNewer() {
        history.subscribed(BTC, START);
        for (int minute = 0; minute < 200; minute++) {
            buy(START + minute * MINUTE, "1", "1");
        }
        now = START + 70 * MINUTE + 5;
        history.forgetAfter(now);

        assertThat(candles(CandleTimeframe.ONE)).hasSize(71);
        assertThat(history.trades(BTC, 500)).hasSize(71);
        buy(now + MINUTE, "1", "1");
        assertThat(candles(CandleTimeframe.ONE)).hasSize(72);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void blockTradesAreInCandlesUnlessTheyAreIgnored(boolean ignored) {
        MarketHistory some = new MarketHistory(() -> START, ignored);
        some.trade(new Trade(
                BTC,
                "b",
                START,
                BigDecimal.TEN,
                BigDecimal.ONE,
                Side.BUY,
                -1,
                true,
                false,
                START,
                false,
                false,
                false));

        assertThat(some.trades(BTC, 5)).hasSize(1);
        assertThat(some.candles(BTC, CandleTimeframe.ONE, 5).candles()).hasSize(ignored ? 0 : 1);
    }

    @Test
    void theLastTradesAreKeptInTheirOrder() {
        for (int i = 0; i < 600; i++) {
            buy(START + i, "1", "1");
        }

        assertThat(history.trades(BTC, 3))
                .extracting(Trade::timestampMicros)
                .containsExactly(START + 597, START + 598, START + 599);
        assertThat(history.trades(BTC, 1_000)).hasSize(MarketHistory.TRADES);
        assertThat(history.trades(COIN, 5)).isEmpty();
    }

    @Test
    void manyInstrumentsHaveFewerTradesEach() {
        for (int n = 0; n < MarketHistory.MAX_INSTRUMENTS + 5; n++) {
            InstrumentId one = InstrumentId.of("bybit", "spot", "S" + n);
            history.trade(trade(one, START, "1", "1", Side.BUY));
        }
        assertThat(history.size()).isEqualTo(MarketHistory.MAX_INSTRUMENTS);
        assertThat(history.notKept()).isEqualTo(5);

        InstrumentId first = InstrumentId.of("bybit", "spot", "S0");
        for (int i = 0; i < 300; i++) {
            history.trade(trade(first, START + i, "1", "1", Side.BUY));
        }
        assertThat(history.trades(first, 500)).hasSize(100);

        history.release(first);
        assertThat(history.trades(first, 500)).isEmpty();
        assertThat(history.size()).isEqualTo(MarketHistory.MAX_INSTRUMENTS - 1);
    }
}
