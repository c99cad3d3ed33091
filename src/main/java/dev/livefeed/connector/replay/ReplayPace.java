package dev.livefeed.connector.replay;

/** When an event is due: at its recorded distance from the first event, divided by the speed. */
final class ReplayPace {

    private final double speed;
    private boolean started;
    private long firstMicros;
    private long firstNanos;

    /** @param speed factor on the recorded pace; 0 for no waiting */
    ReplayPace(double speed) {
        this.speed = speed;
    }

    /**
     * Whether an event is due. The first event is due at once and is the reference for the others.
     *
     * @param micros recorded time, microseconds since 1970; an event with a negative time is due at once
     * @param nanos current time of a monotonic clock
     */
    boolean due(long micros, long nanos) {
        if (speed == 0 || micros < 0) {
            return true;
        }
        if (!started) {
            started = true;
            firstMicros = micros;
            firstNanos = nanos;
            return true;
        }
        return nanos - firstNanos >= (micros - firstMicros) * 1_000 / speed;
    }
}
