package dev.livefeed.exchange.market;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An append-only list, numbered from 0, that keeps its latest entries only. Not thread-safe. */
public final class BoundedHistory<T> {

    private final int limit;
    private Object[] ring = new Object[16];
    private long written;

    public BoundedHistory(int limit) {
        this.limit = limit;
    }

    public void add(T entry) {
        if (written == ring.length && ring.length < limit) {
            ring = Arrays.copyOf(ring, Math.min(limit, ring.length * 2));
        }
        ring[(int) (written % ring.length)] = entry;
        written++;
    }

    /** Entries ever added, which is the number of the next one. */
    public long written() {
        return written;
    }

    /** Number of the oldest entry that is still kept. */
    public long oldest() {
        return Math.max(0, written - ring.length);
    }

    /**
     * The entry with a number.
     *
     * @throws IndexOutOfBoundsException if it is not kept
     */
    @SuppressWarnings("unchecked")
    public T get(long number) {
        if (number < oldest() || number >= written) {
            throw new IndexOutOfBoundsException(
                    "entry " + number + " is not kept, must be " + oldest() + " to " + (written - 1));
        }
        return (T) ring[(int) (number % ring.length)];
    }

    /** The latest entries, oldest first. */
    public List<T> last(int count) {
        List<T> entries = new ArrayList<>();
        for (long i = Math.max(oldest(), written - count); i < written; i++) {
            entries.add(get(i));
        }
        return entries;
    }
}
