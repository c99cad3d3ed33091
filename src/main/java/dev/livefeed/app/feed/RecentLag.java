package dev.livefeed.app.feed;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * The lag of the last minute, from the exchange to the step that records, as a histogram whose classes are at most an
 * eighth wide. One writer, any readers.
 */
public final class RecentLag implements LagRecorder {

    /** The lag of a number of events. */
    public record Quantiles(long p50Micros, long p99Micros, long events) {}

    static final long WINDOW_MILLIS = 60_000;

    private static final int SLOTS = 6;
    private static final long SLOT_MILLIS = WINDOW_MILLIS / SLOTS;
    /** Parts of each power of two. */
    private static final int PARTS = 8;

    private static final int PART_BITS = 3;
    /** Up to 2^36 microseconds, which is 19 hours. */
    private static final int CLASSES = 37 * PARTS;

    private final LongSupplier millis;
    private final AtomicIntegerArray counts = new AtomicIntegerArray((SLOTS + 1) * CLASSES);
    /** The number of the ten seconds that each slot holds. */
    private final AtomicLongArray epochs = new AtomicLongArray(SLOTS + 1);

    /** @param millis monotonic clock */
    public RecentLag(LongSupplier millis) {
        this.millis = millis;
        for (int slot = 0; slot <= SLOTS; slot++) {
            epochs.set(slot, Long.MIN_VALUE);
        }
    }

    @Override
    public void record(long exchangeMicros, long rawMicros, long pathMicros) {
        long epoch = Math.floorDiv(millis.getAsLong(), SLOT_MILLIS);
        int slot = (int) Math.floorMod(epoch, SLOTS + 1L);
        if (epochs.get(slot) != epoch) {
            epochs.set(slot, Long.MIN_VALUE);
            for (int i = 0; i < CLASSES; i++) {
                counts.setPlain(slot * CLASSES + i, 0);
            }
            epochs.set(slot, epoch);
        }
        int index = slot * CLASSES + classOf(Math.max(0, exchangeMicros) + Math.max(0, pathMicros));
        counts.setRelease(index, counts.getPlain(index) + 1);
    }

    /** The median and the 99th percentile, or null without events. */
    public Quantiles quantiles() {
        long newest = Math.floorDiv(millis.getAsLong(), SLOT_MILLIS);
        long[] sums = new long[CLASSES];
        long events = 0;
        for (int slot = 0; slot <= SLOTS; slot++) {
            long epoch = epochs.get(slot);
            for (int i = 0; i < CLASSES && epoch > newest - SLOTS && epoch <= newest; i++) {
                int count = counts.getAcquire(slot * CLASSES + i);
                sums[i] += count;
                events += count;
            }
        }
        return events == 0 ? null : new Quantiles(quantile(sums, events, 50), quantile(sums, events, 99), events);
    }

    private static long quantile(long[] sums, long events, int percent) {
        long rank = Math.max(1, (events * percent + 99) / 100);
        long seen = 0;
        for (int i = 0; i < CLASSES; i++) {
            seen += sums[i];
            if (seen >= rank) {
                return upperEdge(i);
            }
        }
        return upperEdge(CLASSES - 1);
    }

    private static int classOf(long micros) {
        if (micros < PARTS) {
            return (int) micros;
        }
        int power = 63 - Long.numberOfLeadingZeros(micros);
        int part = (int) (micros >>> power - PART_BITS) & PARTS - 1;
        return Math.min(CLASSES - 1, (power - PART_BITS + 1) * PARTS + part);
    }

    /** The largest value of a class. */
    private static long upperEdge(int index) {
        if (index < PARTS) {
            return index;
        }
        int power = index / PARTS + PART_BITS - 1;
        return (1L << power) + (index % PARTS + 1L << power - PART_BITS) - 1;
    }
}
