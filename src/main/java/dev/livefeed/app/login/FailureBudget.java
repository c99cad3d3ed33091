package dev.livefeed.app.login;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often a client may present wrong credentials: ten times at once, then every six seconds. Keeps the clients that
 * failed last. Thread-safe.
 */
public final class FailureBudget {

    static final int AT_ONCE = 10;
    static final long MILLIS_EACH = 6_000;
    static final int CLIENTS = 4_096;

    private final LongSupplier millis;
    /** By client, when its budget is full again. */
    private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > CLIENTS;
        }
    };

    /** @param millis a clock that never goes back */
    public FailureBudget(LongSupplier millis) {
        this.millis = millis;
    }

    /** Counts a failure of a client; returns 0, or the seconds until its next one is looked at. */
    synchronized long failed(String client) {
        long now = millis.getAsLong();
        long full = Math.max(now, fullAt.getOrDefault(client, now));
        long wait = full - now - (AT_ONCE - 1) * MILLIS_EACH;
        if (wait > 0) {
            return (wait + 999) / 1_000;
        }
        fullAt.put(client, full + MILLIS_EACH);
        return 0;
    }

    synchronized int clients() {
        return fullAt.size();
    }
}
