package dev.livefeed.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Candles over a long life: what is forgotten in minutes is kept in hours. */
class CandleHistoryTest {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long START = 1_795_000_000_000L;

    private final Instrument instrument =
            new Listings(START).get(new Listings.Listing(ProductCategory.LINEAR, "BTCUSDT"));
    private final CandleHistory candles = new CandleHistory(instrument, 1, new PriceProcess(1, "BTC", START), START);

    @Test
    void aWeekLaterTheDaysAreStillRight() {
        long end = START + 7 * DAY;
        for (long at = START; at < end; at += MINUTE) {
            candles.trade(at, 830_000 + at / MINUTE % 97, 2);
        }
        long day = Interval.DAY.floor(START) + DAY;

        BuiltCandle bar = candles.at(Interval.DAY, day, end);

        assertThat(bar.lots()).isEqualTo(2 * 1440);
        assertThat(bar.high()).isEqualTo(830_096);
        assertThat(bar.low()).isEqualTo(830_000);
        assertThat(candles.lastDay(end).lots()).isEqualTo(2 * 1440);
    }

    @Test
    void historyEndsWhereTheMarketStarts() {
        List<BuiltCandle> bars = candles.list(Interval.M1, START - 10 * MINUTE, START, 10, START);

        for (int i = 1; i < bars.size(); i++) {
            assertThat(bars.get(i).close()).isEqualTo(bars.get(i - 1).open());
        }
        assertThat(bars.get(0).open()).isEqualTo(830_000);
    }

    @Test
    void everyBarHoldsItsOpenAndClose() {
        for (Interval interval : Interval.values()) {
            for (BuiltCandle bar : candles.list(interval, 0, START, 1000, START)) {
                assertThat(bar.low()).isLessThanOrEqualTo(Math.min(bar.open(), bar.close()));
                assertThat(bar.high()).isGreaterThanOrEqualTo(Math.max(bar.open(), bar.close()));
                assertThat(bar.start()).isEqualTo(interval.floor(bar.start()));
            }
        }
    }
}
