package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.codec.NewestTrade;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Open, close and the newest trade follow one total order, also where only some trades of a time have a sequence. */
class CandleSumPropertyTest {

    /** A trade at its place in that order; its price tells when it arrived. */
    private record Placed(Trade trade, long seq) {}

    private static Trade trade(int arrival, int time, int seq) {
        return new Trade(
                Ids.bare("BTCUSDT"),
                "t" + arrival,
                time,
                BigDecimal.valueOf(arrival + 1),
                BigDecimal.ONE,
                Side.BUY,
                seq,
                false,
                false,
                0,
                false,
                false,
                false);
    }

    /** The trades in their order: one without a sequence has the highest one of its time that came before it. */
    private static List<Trade> ordered(List<Trade> arrived) {
        Map<Long, Long> highest = new HashMap<>();
        List<Placed> placed = new ArrayList<>();
        for (Trade trade : arrived) {
            long before = highest.getOrDefault(trade.timestampMicros(), -1L);
            placed.add(new Placed(trade, trade.seq() >= 0 ? trade.seq() : before));
            highest.put(trade.timestampMicros(), Math.max(before, trade.seq()));
        }
        // Sorting is stable, so those of one time and sequence stay in the order of their arrival.
        placed.sort(Comparator.comparingLong((Placed one) -> one.trade().timestampMicros())
                .thenComparingLong(Placed::seq));
        return placed.stream().map(Placed::trade).toList();
    }

    @Property(tries = 3_000)
    void openAndCloseAreTheFirstAndTheLast(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 14) Integer> choices) {
        List<Trade> arrived = new ArrayList<>();
        CandleSum sum = new CandleSum();
        NewestTrade newest = new NewestTrade();
        Trade last = null;
        for (int choice : choices) {
            Trade trade = trade(arrived.size(), 1 + choice / 5, choice % 5 - 1);
            arrived.add(trade);
            sum.add(trade);
            last = newest.take(trade).late() ? last : trade;
            List<Trade> order = ordered(arrived);

            assertThat(last).isSameAs(order.get(order.size() - 1));
            Candle candle = sum.candle(Ids.bare("BTCUSDT"), Timeframe.of("1m"), 0, false);
            assertThat(candle.prices().open()).isEqualTo(order.get(0).price());
            assertThat(candle.prices().close())
                    .isEqualTo(order.get(order.size() - 1).price());
        }
    }
}
