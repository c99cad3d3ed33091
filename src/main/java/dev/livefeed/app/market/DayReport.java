package dev.livefeed.app.market;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The sums behind a {@link ContextView}. Read by the debug page of the context.
 *
 * @param tradedMinutes number of today's minutes with counted trades
 * @param filledMinutes number of today's minutes filled from candles
 */
public record DayReport(
        LocalDate day, Sums sums, ProfileReport profile, Exceptions exceptions, int tradedMinutes, int filledMinutes) {

    /**
     * The sums over the counted trades and filled candles.
     *
     * @param trades number of counted trades
     * @param value sum of price x quantity
     * @param square sum of price x price x quantity
     */
    public record Sums(long trades, BigDecimal volume, BigDecimal value, BigDecimal square) {}

    /**
     * The profile of the day.
     *
     * @param tickFromExchange whether the exchange published the tick size; otherwise it comes from the settings
     * @param bins number of traded bins
     * @param outsideTrades trades outside the limits of the profile; they are counted everywhere else
     */
    public record ProfileReport(
            BigDecimal tickSize, boolean tickFromExchange, int bins, BigDecimal outsideVolume, long outsideTrades) {}

    /**
     * Trades that were not counted in the usual way.
     *
     * @param covered trades of minutes already filled from candles, which include them
     * @param late trades that arrived after their day had ended and were counted for it
     * @param tooLate trades older than yesterday, which were ignored
     * @param repeated trades no newer than the restored state, assumed to be part of it
     */
    public record Exceptions(long covered, long late, long tooLate, long repeated) {}

    static DayReport of(SymbolContext context) {
        DayContext today = context.today();
        if (today == null) {
            return null;
        }
        return new DayReport(
                today.day,
                new Sums(today.trades, today.volume.decimal(), today.values.value(), today.squares.value()),
                new ProfileReport(
                        today.profile.tickSize(),
                        context.tick().fromExchange(),
                        today.profile.size(),
                        today.profile.outsideVolume(),
                        today.profile.outsideTrades()),
                new Exceptions(today.covered, context.late(), context.tooLate(), context.repeated()),
                today.minutes.tradedCount(),
                today.minutes.filledCount());
    }
}
