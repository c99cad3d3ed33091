package dev.livefeed.connector.bybit.topic;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The topics of one connection, looked up by the characters of their name without creating a string. */
public final class TopicTable {

    private final Map<String, Topic> byName = new LinkedHashMap<>();

    // Open addressing, at most half full, so that a search terminates.
    private Topic[] slots = new Topic[16];
    private int argsLength;

    public Topic get(String name) {
        return byName.get(name);
    }

    /** All topics, in the order of their addition. */
    public Collection<Topic> all() {
        return byName.values();
    }

    public int size() {
        return byName.size();
    }

    /** Whether it contains a topic of the symbol. */
    public boolean holds(String symbol) {
        for (Topic topic : byName.values()) {
            if (topic.name().symbol().equals(symbol)) {
                return true;
            }
        }
        return false;
    }

    /** Length of all names as a list of arguments, which the venue limits per connection. */
    public int argsLength() {
        return argsLength;
    }

    /** Length of a name in that list, with its quotes and a comma. */
    public static int argLength(String name) {
        return name.length() + 3;
    }

    public void add(Topic topic) {
        byName.put(topic.name().text(), topic);
        rebuild();
    }

    public void remove(Topic topic) {
        byName.remove(topic.name().text(), topic);
        rebuild();
    }

    /** The topic with that ASCII name, or null. */
    Topic find(byte[] bytes, int offset, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[offset + i];
        }
        int mask = slots.length - 1;
        for (int at = spread(hash) & mask; slots[at] != null; at = (at + 1) & mask) {
            if (same(slots[at].name().text(), bytes, offset, length)) {
                return slots[at];
            }
        }
        return null;
    }

    /** The topic with that name, or null. */
    Topic find(char[] chars, int offset, int length) {
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
        slots = new Topic[capacity];
        argsLength = 0;
        for (Topic topic : byName.values()) {
            int at = spread(topic.name().text().hashCode()) & (capacity - 1);
            while (slots[at] != null) {
                at = (at + 1) & (capacity - 1);
            }
            slots[at] = topic;
            argsLength += argLength(topic.name().text());
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
