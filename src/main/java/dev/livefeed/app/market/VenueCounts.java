package dev.livefeed.app.market;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts something by the venue of its instrument. There are no more venues than instruments. Thread-safe. */
final class VenueCounts {

    private static final String UNKNOWN = "";

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** @param venue null if it is not known */
    void increment(String venue) {
        counts.computeIfAbsent(venue == null ? UNKNOWN : venue, each -> new AtomicLong())
                .incrementAndGet();
    }

    long of(String venue) {
        AtomicLong count = counts.get(venue);
        return count == null ? 0 : count.get();
    }

    long total() {
        return counts.values().stream().mapToLong(AtomicLong::get).sum();
    }
}
