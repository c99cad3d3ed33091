package dev.livefeed.exchange.binance.market;

import dev.livefeed.exchange.market.BoundedHistory;
import dev.livefeed.exchange.market.MatchedTrade;
import java.util.function.LongUnaryOperator;

/** Aggregates the trades of a market: on spot those of an order, on futures those of 100 ms. Not thread-safe. */
final class AggregateTrades {

    private final BoundedHistory<MatchedTrade> trades;
    private final BoundedHistory<AggregateTrade> aggregates;
    private final boolean byOrder;
    private final long firstId;
    private final LongUnaryOperator tradeId;
    private long next;

    /** @param tradeId the venue's id of a trade by its number */
    AggregateTrades(
            BoundedHistory<MatchedTrade> trades, int kept, boolean byOrder, long firstId, LongUnaryOperator tradeId) {
        this.trades = trades;
        this.aggregates = new BoundedHistory<>(kept);
        this.byOrder = byOrder;
        this.firstId = firstId;
        this.tradeId = tradeId;
    }

    /** Aggregates the trades since the last call; the last of them will not be continued. */
    void close() {
        MatchedTrade first = null;
        MatchedTrade last = null;
        long lots = 0;
        for (next = Math.max(next, trades.oldest()); next < trades.written(); next++) {
            MatchedTrade trade = trades.get(next);
            if (first != null && !continues(first, trade)) {
                add(first, last, lots);
                first = null;
            }
            if (first == null) {
                first = trade;
                lots = 0;
            }
            last = trade;
            lots += trade.lots();
        }
        if (first != null) {
            add(first, last, lots);
        }
    }

    private boolean continues(MatchedTrade first, MatchedTrade trade) {
        return trade.ticks() == first.ticks()
                && trade.buy() == first.buy()
                && (!byOrder || trade.sequence() == first.sequence());
    }

    private void add(MatchedTrade first, MatchedTrade last, long lots) {
        aggregates.add(new AggregateTrade(
                firstId + aggregates.written(),
                first.ticks(),
                lots,
                tradeId.applyAsLong(first.number()),
                tradeId.applyAsLong(last.number()),
                last.at(),
                first.buy()));
    }

    BoundedHistory<AggregateTrade> history() {
        return aggregates;
    }
}
