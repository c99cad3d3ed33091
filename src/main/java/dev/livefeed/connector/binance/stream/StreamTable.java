package dev.livefeed.connector.binance.stream;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The streams of one connection, looked up by the characters of their name without creating a string. */
public final class StreamTable {

    private final Map<String, VenueStream> byName = new LinkedHashMap<>();

    // Open addressing, at most half full, so that a search terminates.
    private VenueStream[] slots = new VenueStream[16];

    public VenueStream get(String name) {
        return byName.get(name);
    }

    /** All streams, in the order of their addition. */
    public Collection<VenueStream> all() {
        return byName.values();
    }

    public int size() {
        return byName.size();
    }

    public void add(VenueStream stream) {
        byName.put(stream.name().text(), stream);
        rebuild();
    }

    public void remove(VenueStream stream) {
        byName.remove(stream.name().text(), stream);
        rebuild();
    }

    /** The stream with that name, or null. */
    VenueStream find(char[] chars, int offset, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + chars[offset + i];
        }
        int mask = slots.length - 1;
        for (int at = spread(hash) & mask; slots[at] != null; at = (at + 1) & mask) {
            if (same(slots[at].name().text(), chars, offset, length)) {
                return slots[at];
            }
        }
        return null;
    }

    private void rebuild() {
        int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, byName.size())) * 4);
        slots = new VenueStream[capacity];
        for (VenueStream stream : byName.values()) {
            int at = spread(stream.name().text().hashCode()) & (capacity - 1);
            while (slots[at] != null) {
                at = (at + 1) & (capacity - 1);
            }
            slots[at] = stream;
        }
    }

    private static boolean same(String name, char[] chars, int offset, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
