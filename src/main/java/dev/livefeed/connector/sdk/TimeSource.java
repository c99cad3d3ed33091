package dev.livefeed.connector.sdk;

import dev.livefeed.protocol.model.Times;

/** The clocks a connector goes by, so that a test can be the clock. */
public interface TimeSource {

    /** Nanoseconds of a clock that never jumps; only differences mean anything. */
    long nanos();

    /** Microseconds since 1970. */
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
