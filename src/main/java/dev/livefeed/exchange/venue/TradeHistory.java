package dev.livefeed.exchange.venue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last entries of something that only grows, numbered from 0; the oldest are forgotten. Not thread-safe. */
public final class TradeHistory<T> {

    private final int limit;
    private Object[] ring = new Object[16];
    private long written;

    public TradeHistory(int limit) {
        this.limit = limit;
    }

    void add(T entry) {
        if (written == ring.length && ring.length < limit) {
            ring = Arrays.copyOf(ring, Math.min(limit, ring.length * 2));
        }
        ring[(int) (written % ring.length)] = entry;
        written++;
    }

    /** How many there ever were: the number of the next. */
    public long written() {
        return written;
    }

    /** The number of the oldest that is still known. */
    public long oldest() {
        return Math.max(0, written - ring.length);
    }

    /** The entry of a number between {@link #oldest()} and {@link #written()}. */
    @SuppressWarnings("unchecked")
    public T get(long number) {
        if (number < oldest() || number >= written) {
            throw new IndexOutOfBoundsException(
                    "entry " + number + " is not on the tape, it holds " + oldest() + " to " + (written - 1));
        }
        return (T) ring[(int) (number % ring.length)];
    }

    /** The last entries, oldest first. */
    public List<T> last(int count) {
        List<T> entries = new ArrayList<>();
        for (long i = Math.max(oldest(), written - count); i < written; i++) {
            entries.add(get(i));
        }
        return entries;
    }
}
