package dev.livefeed.soak;

import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.MatchedTrade;
import dev.livefeed.exchange.market.SimulatedMarket;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** All trades of a simulated market, copied before it discards them. */
final class MarketTrades {

    private final SimulatedMarket market;
    private final List<MadeTrade> rows = new ArrayList<>();
    private final List<Long> madeAt = new ArrayList<>();

    MarketTrades(SimulatedMarket market) {
        this.market = market;
    }

    /** Copies the new trades. */
    void follow(long now) {
        Instrument instrument = market.instrument();
        while (rows.size() < market.trades().written()) {
            MatchedTrade print = market.trades().get(rows.size());
            rows.add(new MadeTrade(
                    print.number(),
                    print.id(),
                    print.at(),
                    new BigDecimal(instrument.priceText(print.ticks())),
                    new BigDecimal(instrument.sizeText(print.lots())),
                    print.buy(),
                    print.sequence()));
            madeAt.add(now);
        }
    }

    List<MadeTrade> rows() {
        return rows;
    }

    long made() {
        return market.trades().written();
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

    /**
     * Number of trades in a period.
     *
     * @param millis first match time, milliseconds since 1970
     * @param before end in simulated time
     */
    long madeSince(long millis, long before) {
        return rows.subList(0, (int) madeBefore(before)).stream()
                .filter(row -> row.atMillis() >= millis)
                .count();
    }
}
