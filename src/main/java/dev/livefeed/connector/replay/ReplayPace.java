package dev.livefeed.connector.replay;

/** When each event is due: as long behind the first as it was recorded, divided by the speed. */
final class ReplayPace {

    private final double speed;
    private boolean begun;
    private long firstMicros;
    private long firstNanos;

    /** @param speed how many times faster than recorded, or 0 for without any wait */
    ReplayPace(double speed) {
        this.speed = speed;
    }

    /**
     * Whether an event may go out. The first may, and is what the others are measured from.
     *
     * @param micros when it was recorded, microseconds since 1970; negative where it has no time: then it waits for
     *     nothing
     * @param nanos the clock now
     */
    boolean due(long micros, long nanos) {
        if (speed == 0 || micros < 0) {
            return true;
        }
        if (!begun) {
            begun = true;
            firstMicros = micros;
            firstNanos = nanos;
            return true;
        }
        return nanos - firstNanos >= (micros - firstMicros) * 1_000 / speed;
    }
}
