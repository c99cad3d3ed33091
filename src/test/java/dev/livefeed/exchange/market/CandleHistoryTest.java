package dev.livefeed.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Candles over a long run: closed hours outlive their minutes. */
class CandleHistoryTest {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long START = 1_795_000_000_000L;

    private final Instrument instrument =
            new InstrumentTable(START).get(new InstrumentTable.MarketKey(ProductCategory.LINEAR, "BTCUSDT"));
    private final CandleHistory candles = new CandleHistory(instrument, 1, new PriceProcess(1, "BTC", START), START);

    @Test
    void daysAreExactAfterAWeek() {
        long end = START + 7 * DAY;
        for (long at = START; at < end; at += MINUTE) {
            candles.trade(at, 830_000 + at / MINUTE % 97, 2);
        }
        long day = Interval.DAY.floor(START) + DAY;

        BuiltCandle candle = candles.at(Interval.DAY, day, end);

        assertThat(candle.lots()).isEqualTo(2 * 1440);
        assertThat(candle.high()).isEqualTo(830_096);
        assertThat(candle.low()).isEqualTo(830_000);
        assertThat(candles.lastDay(end).lots()).isEqualTo(2 * 1440);
    }

    @Test
    void historyEndsAtTheStartPrice() {
        List<BuiltCandle> history = candles.list(Interval.M1, START - 10 * MINUTE, START, 10, START);

        for (int i = 1; i < history.size(); i++) {
            assertThat(history.get(i).close()).isEqualTo(history.get(i - 1).open());
        }
        assertThat(history.get(0).open()).isEqualTo(830_000);
    }

    @Test
    void everyCandleContainsItsOpenAndClose() {
        for (Interval interval : Interval.values()) {
            for (BuiltCandle candle : candles.list(interval, 0, START, 1000, START)) {
                assertThat(candle.low()).isLessThanOrEqualTo(Math.min(candle.open(), candle.close()));
                assertThat(candle.high()).isGreaterThanOrEqualTo(Math.max(candle.open(), candle.close()));
                assertThat(candle.start()).isEqualTo(interval.floor(candle.start()));
            }
        }
    }
}
