package dev.livefeed.exchange.market;

import java.util.Arrays;

/** One side of a book: sizes by price, ranked from the best price (rank 0) to the worst. Not thread-safe. */
public final class Ladder {

    private final boolean bid;
    // Ascending, so that the best price is last and changes near the touch move few entries. Ask prices are negated.
    private long[] keys = new long[64];
    private long[] sizes = new long[64];
    private int count;

    public Ladder(boolean bid) {
        this.bid = bid;
    }

    public boolean bid() {
        return bid;
    }

    public int count() {
        return count;
    }

    /** The price at a rank, in ticks. */
    public long price(int rank) {
        long key = keys[count - 1 - rank];
        return bid ? key : -key;
    }

    /** The size at a rank, in lots. */
    public long size(int rank) {
        return sizes[count - 1 - rank];
    }

    /** The size at a price, in lots; 0 if there is none. */
    public long sizeAt(long price) {
        int i = find(price);
        return i < 0 ? 0 : sizes[i];
    }

    /** Whether the first price is better than the second on this side. */
    public boolean better(long price, long than) {
        return bid ? price > than : price < than;
    }

    /** Sets the size at a price, in lots; 0 removes the level. */
    public void set(long price, long size) {
        int i = find(price);
        if (i >= 0) {
            if (size == 0) {
                remove(i);
            } else {
                sizes[i] = size;
            }
        } else if (size != 0) {
            insert(-i - 1, bid ? price : -price, size);
        }
    }

    /** Removes the levels beyond a number of ranks. */
    public void cutTo(int ranks) {
        int extra = count - ranks;
        if (extra > 0) {
            System.arraycopy(keys, extra, keys, 0, ranks);
            System.arraycopy(sizes, extra, sizes, 0, ranks);
            count = ranks;
        }
    }

    private int find(long price) {
        return Arrays.binarySearch(keys, 0, count, bid ? price : -price);
    }

    private void insert(int at, long key, long size) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
        }
        System.arraycopy(keys, at, keys, at + 1, count - at);
        System.arraycopy(sizes, at, sizes, at + 1, count - at);
        keys[at] = key;
        sizes[at] = size;
        count++;
    }

    private void remove(int at) {
        count--;
        System.arraycopy(keys, at + 1, keys, at, count - at);
        System.arraycopy(sizes, at + 1, sizes, at, count - at);
    }
}
