package dev.livefeed.app.feed;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The topics of which most cannot be read, and the books that may be wrong, as the connector reports them. */
public final class TopicFaults {

    private static final int MAX_FAULTS = 1_000;

    private final Map<String, String> unreadable = new ConcurrentSkipListMap<>();
    private final Map<String, String> suspect = new ConcurrentSkipListMap<>();
    private final Statuses statuses = new Statuses();

    /** Applies a status. */
    void status(Status status) {
        status.accept(statuses);
    }

    /** A new process starts without faults. */
    void clear() {
        unreadable.clear();
        suspect.clear();
    }

    /** Whether most of some topic cannot be read. */
    public boolean unreadable() {
        return !unreadable.isEmpty();
    }

    /** A text for each topic of which most cannot be read. */
    public List<String> alarms() {
        return List.copyOf(unreadable.values());
    }

    /** Why the book of a channel may be wrong; null if it is not suspect. */
    public String suspectBook(String channel, InstrumentId instrument) {
        if (suspect.isEmpty()) {
            return null;
        }
        String of = suspect.get(channel + " of " + instrument.category() + ' ' + instrument.symbol());
        return of == null ? suspect.get(channel + " of " + instrument.symbol()) : of;
    }

    private static void put(Map<String, String> faults, String key, String text) {
        if (faults.size() < MAX_FAULTS || faults.containsKey(key)) {
            faults.put(key, text);
        }
    }

    private static String key(Status status, String category) {
        return status.channel() + " of " + (category == null ? "" : category + ' ') + status.symbol();
    }

    private final class Statuses implements StatusVisitor<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void topicUnreadable(TopicUnreadable status) {
            String key = key(status, status.category());
            if (status.over()) {
                unreadable.remove(key);
            } else {
                put(
                        unreadable,
                        key,
                        key + ": most of it cannot be read (" + status.unreadable() + " of the last " + status.rows()
                                + " rows): " + status.reason());
            }
            return null;
        }

        @Override
        public Void bookSuspect(BookSuspect status) {
            String key = key(status, status.category());
            put(suspect, key, "book " + key + " is suspect: " + status.reason());
            return null;
        }

        @Override
        public Void instrumentEnded(InstrumentEnded status) {
            String of = (status.category() == null ? "" : status.category() + ' ') + status.symbol();
            unreadable.keySet().removeIf(key -> key.endsWith(" of " + of));
            suspect.keySet().removeIf(key -> key.endsWith(" of " + of));
            return null;
        }

        @Override
        public Void synced(Synced status) {
            suspect.remove(key(status, status.category()));
            return null;
        }

        @Override
        public Void resyncing(Resyncing status) {
            suspect.remove(key(status, status.category()));
            return null;
        }

        @Override
        public Void unsubscribed(Unsubscribed status) {
            unreadable.remove(key(status, status.category()));
            suspect.remove(key(status, status.category()));
            return null;
        }
    }
}
