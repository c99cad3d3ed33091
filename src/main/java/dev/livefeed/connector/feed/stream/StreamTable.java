package dev.livefeed.connector.feed.stream;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The streams of one connection, looked up by the characters of their name without creating a string. */
public final class StreamTable<S extends MarketStream> {

    private final Map<String, S> byName = new LinkedHashMap<>();

    // Open addressing, at most half full, so that a search terminates.
    private MarketStream[] slots = new MarketStream[16];
    private int argsLength;

    public S get(String name) {
        return byName.get(name);
    }

    /** All streams, in the order of their addition. */
    public Collection<S> all() {
        return byName.values();
    }

    public int size() {
        return byName.size();
    }

    /** Whether it contains a stream of the symbol. */
    public boolean holds(String symbol) {
        for (S stream : byName.values()) {
            if (stream.instrument().symbol().equals(symbol)) {
                return true;
            }
        }
        return false;
    }

    /** Length of all names as a list of arguments, which venues may limit per connection. */
    public int argsLength() {
        return argsLength;
    }

    /** Length of a name in that list, with its quotes and a comma. */
    public static int argLength(String name) {
        return name.length() + 3;
    }

    public void add(S stream) {
        byName.put(stream.text(), stream);
        rebuild();
    }

    public void remove(S stream) {
        byName.remove(stream.text(), stream);
        rebuild();
    }

    /** The stream with that ASCII name, or null. */
    public S find(byte[] bytes, int offset, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[offset + i];
        }
        int mask = slots.length - 1;
        for (int at = spread(hash) & mask; slots[at] != null; at = (at + 1) & mask) {
            if (same(slots[at].text(), bytes, offset, length)) {
                return stream(at);
            }
        }
        return null;
    }

    /** The stream with that name, or null. */
    public S find(char[] chars, int offset, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + chars[offset + i];
        }
        int mask = slots.length - 1;
        for (int at = spread(hash) & mask; slots[at] != null; at = (at + 1) & mask) {
            if (same(slots[at].text(), chars, offset, length)) {
                return stream(at);
            }
        }
        return null;
    }

    /** Only streams of that type were added. */
    @SuppressWarnings("unchecked")
    private S stream(int at) {
        return (S) slots[at];
    }

    private void rebuild() {
        int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, byName.size())) * 4);
        slots = new MarketStream[capacity];
        argsLength = 0;
        for (S stream : byName.values()) {
            int at = spread(stream.text().hashCode()) & (capacity - 1);
            while (slots[at] != null) {
                at = (at + 1) & (capacity - 1);
            }
            slots[at] = stream;
            argsLength += argLength(stream.text());
        }
    }

    private static boolean same(String name, char[] chars, int offset, int length) {
        if (name.length() != length) {
            return false;
        }
        // Names differ at the end rather than at the beginning.
        for (int i = length - 1; i >= 0; i--) {
            if (name.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(String name, byte[] bytes, int offset, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) {
            if (name.charAt(i) != bytes[offset + i]) {
                return false;
            }
        }
        return true;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
