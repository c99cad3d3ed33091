package dev.livefeed.strategy;

/**
 * The newest exchange time that was seen: the clock that strategies live by, so that a replay of the same events is the
 * same to the last digit.
 *
 * <p>It never goes back for single events. Only when {@value #BEHIND} events in a row are more than a minute behind it
 * was it the newest that was wrong (or a replay has begun again), and the clock steps back to them. One writer.
 */
public final class EventClock {

    static final int BEHIND = 100;

    private static final long MINUTE = 60_000_000L;

    private volatile long now = -1;
    private int behind;
    private volatile long steps;

    /**
     * An event of this time came.
     *
     * @return whether the clock has just stepped back
     */
    public boolean seen(long timestampMicros) {
        if (timestampMicros >= now) {
            now = timestampMicros;
            behind = 0;
            return false;
        }
        if (now - timestampMicros <= MINUTE) {
            behind = 0;
            return false;
        }
        if (++behind < BEHIND) {
            return false;
        }
        behind = 0;
        now = timestampMicros;
        steps++;
        return true;
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
