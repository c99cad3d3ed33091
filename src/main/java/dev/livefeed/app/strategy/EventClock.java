package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Times;
import java.util.function.LongSupplier;

/**
 * The newest exchange time that was seen: the clock that strategies live by, so that a replay of the same events is the
 * same to the last digit.
 *
 * <p>It never goes back for single events. Only when {@value #DEPTHS} depth events or {@value #TRADES} trades in a
 * row, or some of both, are more than a minute behind was it the newest that was wrong (or a replay has begun again),
 * and the clock steps back to them. Trades weigh little, since those that were lost in an outage come late, up to
 * 1,000 a symbol at once; depth never does. A newest time that lies more than a minute ahead of the time of day is
 * wrong as soon as an event comes that does not: the clock here was ahead and has been put right. One writer.
 */
public final class EventClock {

    static final int DEPTHS = 100;
    static final int TRADES = 10_000;

    private static final long MINUTE = 60_000_000L;

    private final LongSupplier timeOfDay;
    private volatile long now = -1;
    private int behind;
    private volatile long steps;

    public EventClock() {
        this(Times::nowMicros);
    }

    /** @param timeOfDay microseconds since 1970 */
    EventClock(LongSupplier timeOfDay) {
        this.timeOfDay = timeOfDay;
    }

    /**
     * A trade of this time came.
     *
     * @return whether the clock has just stepped back
     */
    public boolean trade(long timestampMicros) {
        return seen(timestampMicros, 1);
    }

    /**
     * A snapshot or a delta of this time came.
     *
     * @return whether the clock has just stepped back
     */
    public boolean depth(long timestampMicros) {
        return seen(timestampMicros, TRADES / DEPTHS);
    }

    private boolean seen(long timestampMicros, int weight) {
        if (timestampMicros >= now) {
            now = timestampMicros;
            behind = 0;
            return false;
        }
        if (now - timestampMicros <= MINUTE) {
            behind = 0;
            return false;
        }
        behind += weight;
        if (behind < TRADES && !ahead(timestampMicros)) {
            return false;
        }
        behind = 0;
        now = timestampMicros;
        steps++;
        return true;
    }

    private boolean ahead(long timestampMicros) {
        long limit = timeOfDay.getAsLong() + MINUTE;
        return now > limit && timestampMicros <= limit;
    }

    /** Microseconds since 1970, or -1 before the first event. */
    public long now() {
        return now;
    }

    /** How often it stepped back. */
    public long steps() {
        return steps;
    }
}
