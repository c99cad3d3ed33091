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
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The topics of which most cannot be read, and the books that may be wrong, as the connector reports them. */
public final class TopicFaults {

    private static final int MAX_FAULTS = 1_000;

    private final Map<TopicKey, String> unreadable = new ConcurrentHashMap<>();
    private final Map<TopicKey, String> suspect = new ConcurrentHashMap<>();
    private final Statuses statuses = new Statuses();

    /**
     * A channel of an instrument.
     *
     * @param instrument without the venue, which is the same for all; null if the status names none
     */
    private record TopicKey(String channel, InstrumentId instrument) {

        static TopicKey of(Status status) {
            return new TopicKey(status.channel(), instrument(status));
        }

        static InstrumentId instrument(Status status) {
            return status.symbol() == null ? null : InstrumentId.of(null, status.category(), status.symbol());
        }

        @Override
        public String toString() {
            return instrument == null ? String.valueOf(channel) : channel + " of " + instrument;
        }
    }

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

    /** A text for each topic of which most cannot be read, sorted. */
    public List<String> alarms() {
        return unreadable.values().stream().sorted().toList();
    }

    /** Why the book of a channel may be wrong; null if it is not suspect. */
    public String suspectBook(String channel, InstrumentId instrument) {
        if (suspect.isEmpty()) {
            return null;
        }
        String named =
                suspect.get(new TopicKey(channel, InstrumentId.of(null, instrument.category(), instrument.symbol())));
        String withoutCategory = suspect.get(new TopicKey(channel, InstrumentId.of(null, null, instrument.symbol())));
        String ofAll = suspect.get(new TopicKey(channel, null));
        return named != null ? named : withoutCategory != null ? withoutCategory : ofAll;
    }

    private static void put(Map<TopicKey, String> faults, TopicKey key, String text) {
        if (faults.size() < MAX_FAULTS || faults.containsKey(key)) {
            faults.put(key, text);
        }
    }

    private final class Statuses implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void topicUnreadable(TopicUnreadable status) {
            TopicKey key = TopicKey.of(status);
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
            TopicKey key = TopicKey.of(status);
            put(suspect, key, "book " + key + " is suspect: " + status.reason());
            return null;
        }

        @Override
        public Void instrumentEnded(InstrumentEnded status) {
            InstrumentId ended = TopicKey.instrument(status);
            unreadable.keySet().removeIf(key -> Objects.equals(key.instrument(), ended));
            suspect.keySet().removeIf(key -> Objects.equals(key.instrument(), ended));
            return null;
        }

        @Override
        public Void synced(Synced status) {
            suspect.remove(TopicKey.of(status));
            return null;
        }

        /** Without a symbol, all books of the channel. */
        @Override
        public Void resyncing(Resyncing status) {
            TopicKey resynced = TopicKey.of(status);
            suspect.keySet()
                    .removeIf(key -> resynced.instrument() == null
                            ? Objects.equals(key.channel(), resynced.channel())
                            : key.equals(resynced));
            return null;
        }

        @Override
        public Void unsubscribed(Unsubscribed status) {
            unreadable.remove(TopicKey.of(status));
            suspect.remove(TopicKey.of(status));
            return null;
        }
    }
}
