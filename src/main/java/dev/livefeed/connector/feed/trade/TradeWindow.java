package dev.livefeed.connector.feed.trade;

import java.util.Arrays;

/**
 * Ids of the last trades of one symbol, used to emit each trade once.
 *
 * <p>Ids are stored as 64-bit hashes; a collision among the few thousand ids of a window is practically impossible. The
 * window starts small and grows to {@value #LARGEST} ids.
 */
public final class TradeWindow {

    /** Twice the number of trades in a REST response, and more than a frame can contain. */
    public static final int LARGEST = 2_048;

    private static final int FIRST = 64;

    // The last ids in order as a ring, and as a hash table of twice the size in which 0 is a free slot.
    private long[] ring = new long[FIRST];
    private long[] table = new long[2 * FIRST];
    private int next;
    private int count;

    /** Adds an id, replacing the oldest one if the window is full; returns whether it is new. */
    public boolean add(String id) {
        long key = key(id);
        if (find(key) >= 0) {
            return false;
        }
        if (count == ring.length) {
            if (count < LARGEST) {
                grow();
            } else {
                remove(ring[next]);
                count--;
            }
        }
        ring[next] = key;
        next = (next + 1) & (ring.length - 1);
        count++;
        insert(key);
        return true;
    }

    public boolean contains(String id) {
        return find(key(id)) >= 0;
    }

    private void grow() {
        long[] old = Arrays.copyOf(ring, count);
        int oldest = next;
        ring = new long[old.length * 2];
        table = new long[old.length * 4];
        for (int i = 0; i < old.length; i++) {
            ring[i] = old[(oldest + i) & (old.length - 1)];
            insert(ring[i]);
        }
        next = old.length;
    }

    private void insert(long key) {
        int at = slot(key);
        while (table[at] != 0) {
            at = (at + 1) & (table.length - 1);
        }
        table[at] = key;
    }

    private int find(long key) {
        int at = slot(key);
        while (table[at] != 0) {
            if (table[at] == key) {
                return at;
            }
            at = (at + 1) & (table.length - 1);
        }
        return -1;
    }

    /** Removes a key and closes the gap in its probe sequence. */
    private void remove(long key) {
        int mask = table.length - 1;
        int free = find(key);
        table[free] = 0;
        for (int at = (free + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
            int wanted = slot(table[at]);
            if (((at - wanted) & mask) >= ((at - free) & mask)) {
                table[free] = table[at];
                table[at] = 0;
                free = at;
            }
        }
    }

    private int slot(long key) {
        return (int) (key >>> 32) & (table.length - 1);
    }

    private static long key(String id) {
        long hash = 0x9E3779B97F4A7C15L ^ id.length();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0xD6E8FEB86659FD93L;
            hash ^= hash >>> 32;
        }
        hash *= 0xD6E8FEB86659FD93L;
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash;
    }
}
