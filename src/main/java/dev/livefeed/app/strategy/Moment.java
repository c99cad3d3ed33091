package dev.livefeed.app.strategy;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.paper.PaperPosition;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/**
 * The message body of a strategy: an event together with the state of the market when it arrived. Immutable; unknown
 * values are null. Routes read the values by the flat accessors, such as {@code ${body.timeframe}}.
 *
 * @param regime never null; {@code unknown} until there are enough candles
 * @param sweep never null
 * @param position this strategy's paper position in the symbol; never null
 */
public record Moment(
        Trigger event,
        History history,
        BookTop top,
        ContextView context,
        Regime regime,
        Hours hours,
        Sweep sweep,
        PaperPosition position) {

    /** Maximum number of candles in a moment. */
    public static final int CANDLES = 60;

    /**
     * @param kind the kind of event: {@code candle}, {@code book-top}, {@code regime} or {@code session}
     * @param strategy the id of the receiving route
     * @param timestampMicros event time
     */
    public record Trigger(String kind, String strategy, InstrumentId instrument, long timestampMicros) {}

    /**
     * @param candle the candle that has closed, or the last closed one of {@code timeframe}
     * @param candles the last closed candles of that timeframe, oldest first, ending with {@code candle}; at most
     *     {@value #CANDLES}
     */
    public record History(String timeframe, Candle candle, List<Candle> candles) {}

    /**
     * @param change the session that started or ended; only for kind {@code session}
     * @param sessions names of the open sessions
     * @param secondsToChange event time to the next start or end of a session, or -1
     */
    public record Hours(SessionChange change, List<String> sessions, long secondsToChange) {}

    /** Without the candles, which are many: Camel takes the hash of a body for each expression about it. */
    @Override
    public int hashCode() {
        return event.hashCode();
    }

    public String kind() {
        return event.kind();
    }

    public String strategy() {
        return event.strategy();
    }

    public InstrumentId instrument() {
        return event.instrument();
    }

    public String symbol() {
        return event.instrument().symbol();
    }

    public long timestampMicros() {
        return event.timestampMicros();
    }

    public String timeframe() {
        return history.timeframe();
    }

    public Candle candle() {
        return history.candle();
    }

    public List<Candle> candles() {
        return history.candles();
    }

    public SessionChange change() {
        return hours.change();
    }

    public List<String> sessions() {
        return hours.sessions();
    }

    public long secondsToSessionChange() {
        return hours.secondsToChange();
    }

    /** Event time. */
    public Instant timestamp() {
        return Times.instant(timestampMicros());
    }

    /** The close of the candle, else the last price, else null. */
    public BigDecimal price() {
        return candle() != null ? candle().close() : context == null ? null : context.lastPrice();
    }

    /** Average range (high minus low) of the candles, 8 decimal places; null without candles. */
    public BigDecimal meanRange() {
        if (candles().isEmpty()) {
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Candle one : candles()) {
            sum = sum.add(one.range());
        }
        return sum.divide(BigDecimal.valueOf(candles().size()), 8, RoundingMode.HALF_EVEN);
    }

    /** Distance of the price from the day's VWAP in units of {@link #meanRange}, two decimal places; 0 if unknown. */
    public BigDecimal vwapDistance() {
        BigDecimal range = meanRange();
        if (range == null || range.signum() == 0 || context == null || context.vwap() == null) {
            return BigDecimal.ZERO;
        }
        return price().subtract(context.vwap()).divide(range, 2, RoundingMode.HALF_EVEN);
    }

    /**
     * {@code up} if the candle is the first to close above the completed opening range, {@code down} if below, else
     * {@code none}.
     */
    public String breakout() {
        if (context == null
                || context.openingRangeHigh() == null
                || candles().size() < 2
                || timestamp().isBefore(context.openingRangeEnd())) {
            return "none";
        }
        BigDecimal before = candles().get(candles().size() - 2).close();
        if (candle().close().compareTo(context.openingRangeHigh()) > 0
                && before.compareTo(context.openingRangeHigh()) <= 0) {
            return "up";
        }
        return candle().close().compareTo(context.openingRangeLow()) < 0
                        && before.compareTo(context.openingRangeLow()) >= 0
                ? "down"
                : "none";
    }

    /** Midpoint of the opening range; null until it is known. */
    public BigDecimal openingRangeMiddle() {
        return context == null || context.openingRangeHigh() == null
                ? null
                : context.openingRangeHigh().add(context.openingRangeLow()).multiply(new BigDecimal("0.5"));
    }

    /** Profit of the position at the current price in basis points; 0 without a position. */
    public BigDecimal gainBps() {
        return position.gainBps(price());
    }

    /** Minutes of event time since the position was opened; 0 without one. */
    public long minutesHeld() {
        return position.isFlat() ? 0 : (timestampMicros() - position.openedMicros()) / 60_000_000;
    }

    /** Whether the named session is open. */
    public boolean inSession(String name) {
        return sessions().contains(name);
    }
}
