package dev.livefeed.connector.replay;

import dev.livefeed.connector.sdk.command.ReplaySpeed;

/**
 * When an event is due: at its recorded distance from the one before it, divided by the speed. A change of the speed
 * and the end of a pause continue from the recorded time that was reached.
 */
final class ReplayPace {

    private ReplaySpeed speed;
    private boolean started;
    private boolean paused;
    /** The recorded time that is reached at {@link #anchorNanos}. */
    private long anchorMicros;

    private long anchorNanos;
    /** Time of the last event that was due. */
    private long last;
    /** Whether the next event was not due yet; otherwise the reader is slower than the recording. */
    private boolean waiting;

    ReplayPace(ReplaySpeed speed) {
        this.speed = speed;
    }

    /**
     * Whether an event is due. The first event is due at once and is the reference for the others.
     *
     * @param micros recorded time, microseconds since 1970; an event with a negative time is due at once
     * @param nanos current time of a monotonic clock
     */
    boolean due(long micros, long nanos) {
        if (micros < 0) {
            return true;
        }
        if (!started) {
            start(micros, nanos);
            return true;
        }
        boolean due = speed.max() || nanos - anchorNanos >= (micros - anchorMicros) * 1_000 / speed.factor();
        waiting = !due;
        if (due) {
            last = Math.max(last, micros);
        }
        return due;
    }

    /** An event was played in a pause, whenever it is due: the replay continues from there. */
    void stepped(long micros, long nanos) {
        if (micros >= 0 && !started) {
            start(micros, nanos);
        }
        last = Math.max(last, micros);
        anchorMicros = Math.max(anchorMicros, micros);
    }

    private void start(long micros, long nanos) {
        started = true;
        anchorMicros = micros;
        anchorNanos = nanos;
        last = micros;
    }

    boolean paused() {
        return paused;
    }

    ReplaySpeed speed() {
        return speed;
    }

    void pause(long nanos) {
        if (!paused) {
            anchorMicros = reached(nanos);
            paused = true;
        }
    }

    void resume(long nanos) {
        if (paused) {
            anchorNanos = nanos;
            paused = false;
        }
    }

    void change(ReplaySpeed to, long nanos) {
        if (!paused) {
            anchorMicros = reached(nanos);
            anchorNanos = nanos;
        }
        speed = to;
    }

    /** The recorded time now: what a slow reader has not taken yet is not skipped. */
    private long reached(long nanos) {
        return speed.max() || !waiting
                ? last
                : anchorMicros + Math.round((nanos - anchorNanos) / 1_000.0 * speed.factor());
    }
}
