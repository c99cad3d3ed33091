package dev.livefeed.connector.sdk;

import dev.livefeed.protocol.model.Times;

/** The clocks of a connector, replaceable in tests. */
public interface TimeSource {

    /** Nanoseconds of a monotonic clock; only differences are meaningful. */
    long nanos();

    /** Wall clock time in microseconds since 1970. */
    long micros();

    /** The clocks of this machine. */
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long micros() {
            return Times.nowMicros();
        }
    };
}
