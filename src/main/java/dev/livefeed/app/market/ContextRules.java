package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;

/**
 * The settings of a market context.
 *
 * @param tickSize bin size of the profile if the exchange does not publish one; above 0
 * @param awaitTick whether the exchange's tick sizes have been requested
 * @param maxBins maximum number of bins of a day's profile, allocated in pages of 64
 * @param openingRange the delta of a UTC day is counted separately before and after the start of the range that ends
 *     on that day
 * @param ignoreBlockTrades whether trades that were negotiated outside the book count for nothing
 */
public record ContextRules(
        BigDecimal tickSize,
        boolean awaitTick,
        int maxBins,
        DayWindow openingRange,
        Sessions sessions,
        boolean ignoreBlockTrades) {

    /** Ticks of 0.1, 262,144 bins, opening range 08:00-08:10, London 08:00-12:00, overlap 13:00-17:00; London time. */
    public static final ContextRules DEFAULT = new ContextRules(
            new BigDecimal("0.1"),
            false,
            1 << 18,
            DayWindow.parse("08:00-08:10 Europe/London"),
            Sessions.parse("london 08:00-12:00 Europe/London, overlap 13:00-17:00 Europe/London"),
            false);

    boolean ignores(Trade trade) {
        return ignoreBlockTrades && trade.blockTrade();
    }
}
