package dev.livefeed.app.feed;

/** Clocks that a test sets. */
public final class ManualClocks implements LocalClock.Clocks {

    private long nanos = 1_000_000_000_000L;
    private long micros;
    private long suspendedMillis;
    private boolean uptime = true;

    /** @param micros the time of day, microseconds since 1970 */
    public ManualClocks(long micros) {
        this.micros = micros;
    }

    /** Time passes, by all clocks. */
    void pass(long millis) {
        nanos += millis * 1_000_000;
        micros += millis * 1_000;
    }

    /** The machine is suspended. */
    void suspend(long millis) {
        micros += millis * 1_000;
        suspendedMillis += millis;
    }

    /** The wall clock is set. */
    public void set(long byMicros) {
        micros += byMicros;
    }

    /** The system does not tell for how long it was suspended. */
    void withoutUptime() {
        uptime = false;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public long uptimeMillis() {
        return uptime ? nanos / 1_000_000 + suspendedMillis + 77_000 : -1;
    }
}
