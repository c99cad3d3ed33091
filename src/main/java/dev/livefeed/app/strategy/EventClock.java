package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Times;
import java.util.function.LongSupplier;

/**
 * The event clock: the newest exchange time seen. Strategies use it as their only clock, so that a replay of the same
 * events gives identical results.
 *
 * <p>A single older event never sets it back. It steps back only if {@value #DEPTHS} depth events or {@value #TRADES}
 * trades in a row, or a mix of both, are more than a minute behind: then the newest time was wrong, or a replay has
 * restarted. It takes more trades than depth events, because up to 1,000 repaired trades per symbol arrive late at
 * once, but depth never does. A time more than a minute ahead of the wall clock is replaced by the time of the first
 * event that is not. One writer.
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

    /** @param timeOfDay the exchange's time as far as it is known, microseconds since 1970 */
    public EventClock(LongSupplier timeOfDay) {
        this.timeOfDay = timeOfDay;
    }

    /**
     * Records the time of a trade.
     *
     * @return whether the clock has just stepped back
     */
    public boolean trade(long timestampMicros) {
        return seen(timestampMicros, 1);
    }

    /**
     * Records the time of a snapshot or a delta.
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
