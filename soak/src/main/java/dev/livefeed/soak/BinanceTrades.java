package dev.livefeed.soak;

import dev.livefeed.exchange.binance.market.AggregateTrade;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.MatchedTrade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** All trades of a market as Binance has them, single or aggregated, copied before they are discarded. */
final class BinanceTrades {

    private static final long NO_SEQUENCE = -1;

    private final MarketData data;
    private final boolean single;
    private final List<MadeTrade> rows = new ArrayList<>();
    private final List<Long> madeAt = new ArrayList<>();

    BinanceTrades(MarketData data, boolean single) {
        this.data = data;
        this.single = single;
    }

    /** Copies the new trades. */
    void follow(long now) {
        while (rows.size() < made()) {
            rows.add(
                    single
                            ? row(data.trades().get(rows.size()))
                            : row(data.aggregates().get(rows.size())));
            madeAt.add(now);
        }
    }

    private MadeTrade row(MatchedTrade trade) {
        return row(data.tradeId(trade.number()), trade.at(), trade.ticks(), trade.lots(), trade.buy());
    }

    private MadeTrade row(AggregateTrade trade) {
        return row(trade.id(), trade.at(), trade.ticks(), trade.lots(), trade.buy());
    }

    private MadeTrade row(long id, long at, long ticks, long lots, boolean buy) {
        return new MadeTrade(
                rows.size(),
                Long.toString(id),
                at,
                new BigDecimal(data.numbers().price(ticks)),
                new BigDecimal(data.numbers().size(lots)),
                buy,
                NO_SEQUENCE);
    }

    List<MadeTrade> rows() {
        return rows;
    }

    long made() {
        return single ? data.trades().written() : data.aggregates().written();
    }

    /** Time of a trade, in simulated time. */
    long madeAt(long number) {
        return madeAt.get((int) number);
    }

    /** Number of trades before a simulated time. */
    long madeBefore(long nanos) {
        int count = rows.size();
        while (count > 0 && madeAt.get(count - 1) >= nanos) {
            count--;
        }
        return count;
    }
}
