package dev.livefeed.connector.bybit.book;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status.Head;

/**
 * The one owner of a book's resync: says that the book is stale, has its topic asked for again, and gives up step by
 * step.
 *
 * <ul>
 *   <li>An attempt is leaving the topic and asking for it again on the same connection.
 *   <li>A book that breaks again and again soon after it was right waits before its next attempt, longer each time.
 *   <li>After three failed attempts the connection is made anew, once; after three more the topic is {@code degraded}
 *       and tried once a minute, without disturbing the others.
 * </ul>
 */
public final class BookRecovery {

    private static final int ATTEMPTS = 3;
    private static final long SECOND = 1_000_000_000L;
    private static final long SOON = 5 * SECOND;
    private static final long LONGEST_WAIT = 10 * SECOND;
    private static final long DEGRADED_WAIT = 60 * SECOND;

    private final Topic topic;
    private final FeedContext context;
    private final Owner owner;

    private boolean active;
    private long since;
    private int failures;
    private boolean reconnected;
    private boolean degraded;
    private long syncedAt;
    private int breaksInARow;
    private boolean waiting;
    private long retryAt;

    /** Who can do what a recovery needs. */
    public interface Owner {

        /** Leaves the topic and asks for it again on the same connection. */
        void again(Topic topic);

        /**
         * An update of the topic was lost: what else came on its connection may be incomplete too.
         *
         * @param sinceMicros exchange time until which nothing was lost
         */
        void lost(Topic topic, long sinceMicros);

        /** The topic need not be asked for again after all. */
        void settled(Topic topic);

        /** Makes the topic's connection anew. */
        void reconnect(String reason, Topic topic);
    }

    BookRecovery(Topic topic, FeedContext context, Owner owner) {
        this.topic = topic;
        this.context = context;
        this.owner = owner;
        this.syncedAt = context.now() - SOON;
    }

    /**
     * The book was right and is so no longer.
     *
     * @param id of the command that asks for a resync, or null
     */
    void broken(String reason, String id) {
        breaksInARow = context.now() - syncedAt < SOON ? breaksInARow + 1 : 0;
        begin(reason, id);
        long wait = breaksInARow < 2 ? 0 : Math.min(LONGEST_WAIT, SECOND / 2 << Math.min(breaksInARow - 2, 5));
        attemptIn(wait);
    }

    /** The book did not become right. */
    void attemptFailed(String reason) {
        if (!active) {
            begin(reason, null);
        }
        failures++;
        if (failures < ATTEMPTS) {
            attemptIn(0);
        } else if (!reconnected) {
            reconnected = true;
            owner.reconnect(topic + " did not recover in " + ATTEMPTS + " attempts: " + reason, topic);
        } else {
            if (!degraded) {
                degraded = true;
                context.outbox()
                        .status(new Degraded(
                                head(reason, null),
                                ConnectionInfo.NONE,
                                topic.name().category().text(),
                                (long) topic.name().depth(),
                                null,
                                null,
                                null));
            }
            attemptIn(DEGRADED_WAIT);
        }
    }

    /** The book was right and has ended with its connection, which is made anew by others. */
    void connectionLost(String reason) {
        if (!active) {
            begin(reason, null);
        }
    }

    /** Answers a command that asks for the resync that is under way. */
    void joined(String reason, String id) {
        resyncing(reason, id);
    }

    /**
     * The book is right again.
     *
     * @return for how many milliseconds it was not, or -1 where no resync was under way
     */
    long succeeded() {
        syncedAt = context.now();
        if (!active) {
            return -1;
        }
        owner.settled(topic);
        long millis = (context.now() - since) / 1_000_000L;
        context.figures().resyncMillis += millis;
        context.figures().longestResyncMillis = Math.max(context.figures().longestResyncMillis, millis);
        active = false;
        failures = 0;
        reconnected = false;
        degraded = false;
        waiting = false;
        return millis;
    }

    /** The connection has ended: the topic will be asked for anew in any case. */
    void ended() {
        if (active && failures > 0) {
            // Whichever topic had it made anew: the attempt was this one's too.
            reconnected = true;
        }
        failures = 0;
        waiting = false;
    }

    void tick() {
        if (waiting && context.now() - retryAt >= 0) {
            waiting = false;
            owner.again(topic);
        }
    }

    private void begin(String reason, String id) {
        active = true;
        since = context.now();
        failures = 0;
        context.figures().resyncs++;
        resyncing(reason, id);
    }

    private void attemptIn(long nanos) {
        if (nanos == 0) {
            waiting = false;
            owner.again(topic);
        } else {
            waiting = true;
            retryAt = context.now() + nanos;
        }
    }

    private void resyncing(String reason, String id) {
        TopicName name = topic.name();
        context.outbox().status(new Resyncing(head(reason, id), name.category().text(), (long) name.depth()));
    }

    private Head head(String reason, String id) {
        return new Head(
                context.outbox().connector(),
                topic.name().symbol(),
                topic.name().channel(),
                id,
                reason);
    }
}
