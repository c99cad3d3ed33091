package dev.livefeed.app.strategy;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.paper.PaperPosition;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/**
 * What a strategy is told, and all it may decide on, as it stood when the event came: the body of its messages.
 * Immutable; what is not known is null.
 *
 * @param kind what has happened: {@code candle}, {@code book-top}, {@code regime} or {@code session}
 * @param strategy whom it is for: the id of the route
 * @param timestampMicros event time
 * @param candle the one that has closed, or the last closed one of {@code timeframe}
 * @param candles the last closed ones of that timeframe, oldest first, {@code candle} at the end; at most
 *     {@value #CANDLES}
 * @param regime never null; of kind {@code unknown} until there are enough candles
 * @param change the session that began or ended, of {@code session} only
 * @param sessions names of the open sessions
 * @param secondsToSessionChange event time to the next beginning or end, or -1
 * @param sweep never null
 * @param position what this strategy holds of the symbol on paper; never null
 */
public record Moment(
        String kind,
        String strategy,
        String symbol,
        long timestampMicros,
        String timeframe,
        Candle candle,
        List<Candle> candles,
        BookTop top,
        ContextView context,
        Regime regime,
        SessionChange change,
        List<String> sessions,
        long secondsToSessionChange,
        Sweep sweep,
        PaperPosition position) {

    /** How many candles a moment brings. */
    public static final int CANDLES = 60;

    /** Event time. */
    public Instant timestamp() {
        return Times.instant(timestampMicros);
    }

    /** Close of the candle, else the last price, else null. */
    public BigDecimal price() {
        return candle != null ? candle.close() : context == null ? null : context.lastPrice();
    }

    /** Mean range of the candles, 8 digits; null without candles. A measure of how far prices go. */
    public BigDecimal meanRange() {
        if (candles.isEmpty()) {
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Candle one : candles) {
            sum = sum.add(one.range());
        }
        return sum.divide(BigDecimal.valueOf(candles.size()), 8, RoundingMode.HALF_EVEN);
    }

    /** Price less the day's VWAP, in mean ranges, two digits; 0 where one of them is unknown. */
    public BigDecimal vwapDistance() {
        BigDecimal range = meanRange();
        if (range == null || range.signum() == 0 || context == null || context.vwap() == null) {
            return BigDecimal.ZERO;
        }
        return price().subtract(context.vwap()).divide(range, 2, RoundingMode.HALF_EVEN);
    }

    /**
     * {@code up} where the candle is the first to close above the finished opening range, {@code down}, or {@code
     * none}.
     */
    public String breakout() {
        if (context == null
                || context.openingRangeHigh() == null
                || candles.size() < 2
                || timestamp().isBefore(context.openingRangeEnd())) {
            return "none";
        }
        BigDecimal before = candles.get(candles.size() - 2).close();
        if (candle.close().compareTo(context.openingRangeHigh()) > 0
                && before.compareTo(context.openingRangeHigh()) <= 0) {
            return "up";
        }
        return candle.close().compareTo(context.openingRangeLow()) < 0
                        && before.compareTo(context.openingRangeLow()) >= 0
                ? "down"
                : "none";
    }

    /** Half-way between the ends of the opening range; null until it is known. */
    public BigDecimal openingRangeMiddle() {
        return context == null || context.openingRangeHigh() == null
                ? null
                : context.openingRangeHigh().add(context.openingRangeLow()).multiply(new BigDecimal("0.5"));
    }

    /** Gain of the position at the price in hundredths of a percent; 0 without a position. */
    public BigDecimal gainBps() {
        return position.gainBps(price());
    }

    /** For how many minutes of event time the position has been open; 0 without one. */
    public long minutesHeld() {
        return position.isFlat() ? 0 : (timestampMicros - position.openedMicros()) / 60_000_000;
    }

    /** Whether a session of this name is open. */
    public boolean inSession(String name) {
        return sessions.contains(name);
    }
}
