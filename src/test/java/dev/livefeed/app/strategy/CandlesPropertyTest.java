package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Compares candles with a reference that keeps every trade of every candle of every timeframe. */
class CandlesPropertyTest {

    private static final long S = Timeframe.SECOND;
    private static final long LATENESS = 2 * S;
    private static final String[] SETS = {"1s,5s,1m", "5s,1m,1h", "2s,3s", "1m", "90s,1m,1h"};

    /** The reference for one timeframe. */
    private static final class ReferenceCandles {
        private final Timeframe timeframe;
        private final List<Trade> open = new ArrayList<>();
        private final List<List<Trade>> closed = new ArrayList<>();
        private long start = Long.MIN_VALUE;

        private ReferenceCandles(Timeframe timeframe) {
            this.timeframe = timeframe;
        }

        boolean add(Trade trade) {
            long its = Math.floorDiv(trade.timestampMicros(), timeframe.micros()) * timeframe.micros();
            if (its < start || (its == start && open.isEmpty())) {
                return false;
            }
            if (its > start) {
                close();
                start = its;
            }
            open.add(trade);
            return true;
        }

        void clock(long now) {
            if (!open.isEmpty() && start + timeframe.micros() + LATENESS <= now) {
                close();
            }
        }

        void close() {
            if (!open.isEmpty()) {
                closed.add(List.copyOf(open));
                open.clear();
            }
        }
    }

    @Property(tries = 300)
    void equalsTheReference(@ForAll long seed) {
        Random random = new Random(seed);
        List<Timeframe> timeframes = Timeframe.list(SETS[random.nextInt(SETS.length)]);
        Candles candles = new Candles(Ids.linear("X"), timeframes, LATENESS);
        Map<String, List<Candle>> reported = new HashMap<>();
        List<ReferenceCandles> plain =
                timeframes.stream().map(ReferenceCandles::new).toList();
        long now = 1_700_000_000L * S + random.nextInt(1_000_000);
        long late = 0;
        for (int i = 0; i < 400; i++) {
            now += random.nextInt(10) == 0 ? random.nextInt(200) * S : random.nextInt(700_000);
            List<Candle> closed;
            if (random.nextInt(4) == 0) {
                long clock = now;
                plain.forEach(one -> one.clock(clock));
                closed = candles.clock(now);
            } else {
                long at = random.nextInt(5) == 0 ? now - random.nextInt(90) * S : now;
                Trade trade = Trades.trade(
                        "X",
                        at,
                        BigDecimal.valueOf(500 + random.nextInt(100), random.nextInt(3)),
                        BigDecimal.valueOf(1 + random.nextInt(999), random.nextInt(4)),
                        random.nextBoolean() ? Side.BUY : Side.SELL);
                if (at == now) {
                    // As in the engine, the clock closes candles before the trade is added.
                    long clock = now;
                    plain.forEach(one -> one.clock(clock));
                    candles.clock(now).forEach(c -> reported.computeIfAbsent(c.timeframe(), t -> new ArrayList<>())
                            .add(c));
                }
                boolean everywhere = true;
                for (ReferenceCandles one : plain) {
                    everywhere &= one.add(trade);
                }
                late += everywhere ? 0 : 1;
                closed = candles.add(trade);
            }
            closed.forEach(c -> reported.computeIfAbsent(c.timeframe(), t -> new ArrayList<>())
                    .add(c));
        }
        assertThat(candles.late()).isEqualTo(late);
        for (ReferenceCandles one : plain) {
            String name = one.timeframe.name();
            List<Candle> got = reported.getOrDefault(name, List.of());
            assertThat(got).as(name).hasSize(one.closed.size());
            for (int i = 0; i < got.size(); i++) {
                same(got.get(i), one.closed.get(i), one.timeframe);
            }
            List<Candle> last = candles.last(name, 1);
            if (!one.open.isEmpty()) {
                same(last.get(0), one.open, one.timeframe);
            }
            assertThat(candles.lastClosed(name, 1_000)).isEqualTo(got);
        }
    }

    private static void same(Candle candle, List<Trade> trades, Timeframe timeframe) {
        List<Trade> byTime = new ArrayList<>(trades);
        byTime.sort((a, b) -> Long.compare(a.timestampMicros(), b.timestampMicros()));
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal delta = BigDecimal.ZERO;
        BigDecimal quote = BigDecimal.ZERO;
        BigDecimal high = trades.get(0).price();
        BigDecimal low = high;
        for (Trade trade : trades) {
            volume = volume.add(trade.qty());
            delta = trade.side() == Side.BUY ? delta.add(trade.qty()) : delta.subtract(trade.qty());
            quote = quote.add(trade.price().multiply(trade.qty()));
            high = high.max(trade.price());
            low = low.min(trade.price());
        }
        assertThat(candle.startMicros()).isEqualTo(timeframe.start(trades.get(0).timestampMicros()));
        assertThat(candle.open()).isEqualByComparingTo(byTime.get(0).price());
        assertThat(candle.close())
                .isEqualByComparingTo(byTime.get(byTime.size() - 1).price());
        assertThat(candle.high()).isEqualByComparingTo(high);
        assertThat(candle.low()).isEqualByComparingTo(low);
        assertThat(candle.volume()).isEqualByComparingTo(volume);
        assertThat(candle.delta()).isEqualByComparingTo(delta);
        assertThat(candle.quoteVolume()).isEqualByComparingTo(quote);
        assertThat(candle.trades()).isEqualTo(trades.size());
    }
}
