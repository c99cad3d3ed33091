package dev.livefeed.connector.bybit.trade;

import java.util.Arrays;

/**
 * The ids of the last trades of one symbol, so that each is emitted once.
 *
 * <p>Ids are kept as 64 well-mixed bits: two of the few thousand in a window being the same by chance is out of the
 * question in the lifetime of a machine. The window starts small and grows with the trades, to {@value #LARGEST}.
 */
final class TradeWindow {

    /** Twice what REST can repeat, and more than one frame can hold. */
    static final int LARGEST = 2_048;

    private static final int FIRST = 64;

    // The last ids in their order, as a ring; and the same as a hash table of twice the size, 0 for free.
    private long[] ring = new long[FIRST];
    private long[] table = new long[2 * FIRST];
    private int next;
    private int count;

    /** Whether the id is new; it is in the window then, and the oldest is not if there were too many. */
    boolean add(String id) {
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

    boolean contains(String id) {
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

    /** Takes the key out and moves those behind it that only stood there because of it. */
    private void remove(long key) {
        int mask = table.length - 1;
        int hole = find(key);
        table[hole] = 0;
        for (int at = (hole + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
            int wanted = slot(table[at]);
            if (((at - wanted) & mask) >= ((at - hole) & mask)) {
                table[hole] = table[at];
                table[at] = 0;
                hole = at;
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
