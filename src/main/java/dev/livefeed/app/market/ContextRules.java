package dev.livefeed.app.market;

import java.math.BigDecimal;

/**
 * What a market context goes by.
 *
 * @param tickSize bin size of the profile where the exchange names none, above 0
 * @param awaitTick whether the exchange is being asked for the tick sizes
 * @param maxBins most bins of a day's profile, counted in pages of 64
 * @param openingRange within a day; the delta is counted apart before its start and since
 */
public record ContextRules(
        BigDecimal tickSize, boolean awaitTick, int maxBins, DayWindow openingRange, Sessions sessions) {

    /** Ticks of 0.1, 262,144 bins, opening range 08:00-08:10, London 08:00-12:00, overlap 13:00-17:00. */
    public static final ContextRules DEFAULT = new ContextRules(
            new BigDecimal("0.1"),
            false,
            1 << 18,
            DayWindow.parse("08:00-08:10"),
            Sessions.parse("london 08:00-12:00, overlap 13:00-17:00"));

    /** The same with the exchange being asked for the tick sizes, or not. */
    public ContextRules awaitingTick(boolean await) {
        return new ContextRules(tickSize, await, maxBins, openingRange, sessions);
    }
}
