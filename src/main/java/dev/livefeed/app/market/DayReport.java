package dev.livefeed.app.market;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The sums behind a {@link ContextView}, for who wants to check it.
 *
 * @param value sum of price x size
 * @param square sum of price x price x size
 * @param bins how many bins were traded in
 * @param outsideTrades trades whose price found no room in the profile; they count everywhere else
 * @param covered trades of minutes that candles had been filled in for; they are in those candles
 * @param late trades that came when their day was over, and counted for it
 * @param tooLate trades of days before yesterday, left out
 * @param repeated trades that were no newer than the state restored at the start, and are taken to be in it
 * @param tradedMinutes of today, with trades that were counted
 * @param filledMinutes of today, from candles
 * @param tickFromExchange whether the exchange named the tick size, or the setting did
 */
public record DayReport(
        LocalDate day,
        long trades,
        BigDecimal volume,
        BigDecimal value,
        BigDecimal square,
        BigDecimal tickSize,
        boolean tickFromExchange,
        int bins,
        BigDecimal outsideVolume,
        long outsideTrades,
        long covered,
        long late,
        long tooLate,
        long repeated,
        int tradedMinutes,
        int filledMinutes) {

    static DayReport of(SymbolContext context) {
        DayContext today = context.today();
        return today == null
                ? null
                : new DayReport(
                        today.day,
                        today.trades,
                        today.volume.decimal(),
                        today.values.value(),
                        today.squares.value(),
                        today.profile.tickSize(),
                        context.tick().fromExchange(),
                        today.profile.size(),
                        today.profile.outsideVolume(),
                        today.profile.outsideTrades(),
                        today.covered,
                        context.late(),
                        context.tooLate(),
                        context.repeated(),
                        today.minutes.tradedCount(),
                        today.minutes.filledCount());
    }
}
