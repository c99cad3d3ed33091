package dev.livefeed.app.process;

import java.util.function.LongSupplier;

/** A clock in milliseconds that is advanced by the test. */
public final class ManualClock implements LongSupplier {

    private volatile long now = 1_000_000;

    @Override
    public long getAsLong() {
        return now;
    }

    public void forward(long millis) {
        now += millis;
    }
}
