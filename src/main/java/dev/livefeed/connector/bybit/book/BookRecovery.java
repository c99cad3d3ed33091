package dev.livefeed.connector.bybit.book;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status.Head;

/**
 * Resynchronizes one book: reports it as stale, subscribes its topic again and escalates if that fails.
 * <ul>
 *   <li>An attempt unsubscribes the topic and subscribes it again on the same connection.
 *   <li>A book that repeatedly breaks soon after a resync waits before the next attempt, longer each time.
 *   <li>After three failed attempts the connection is replaced, once, unless another topic on it receives data.
 *       Otherwise, or after three more, the topic is {@code degraded} and retried once a minute; other topics are not
 *       affected.
 *   <li>While the instrument is in a phase without data, the topic is retried once a minute and nothing else happens.
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

    /** Performs the actions of a recovery. */
    public interface Owner {

        /** Unsubscribes the topic and subscribes it again on the same connection. */
        void resubscribe(Topic topic);

        /**
         * An update of the topic was lost, so other data of its connection may be incomplete too.
         *
         * @param sinceMicros exchange time until which nothing was lost
         */
        void lost(Topic topic, long sinceMicros);

        /** The topic need not be subscribed again. */
        void settled(Topic topic);

        /**
         * The topic does not recover: whether its connection may be replaced. If other topics of it receive data, that
         * would only do harm.
         */
        boolean mayReconnect(Topic topic);

        /** Replaces the topic's connection. */
        void reconnect(String reason, Topic topic);
    }

    BookRecovery(Topic topic, FeedContext context, Owner owner) {
        this.topic = topic;
        this.context = context;
        this.owner = owner;
        this.syncedAt = context.now() - SOON;
    }

    /**
     * The book is no longer synced.
     *
     * @param id id of the command that requests the resync, or null
     */
    void broken(String reason, String id) {
        breaksInARow = context.now() - syncedAt < SOON ? breaksInARow + 1 : 0;
        begin(reason, id);
        long wait = breaksInARow < 2 ? 0 : Math.min(LONGEST_WAIT, SECOND / 2 << Math.min(breaksInARow - 2, 5));
        attemptIn(wait);
    }

    /** The attempt did not resynchronize the book. */
    void attemptFailed(String reason) {
        if (!active) {
            begin(reason, null);
        }
        failures++;
        if (!topic.expectsData()) {
            attemptIn(DEGRADED_WAIT);
        } else if (failures < ATTEMPTS) {
            attemptIn(0);
        } else if (!reconnected && owner.mayReconnect(topic)) {
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

    /** The attempt failed because frames of the topic cannot be read, which another connection does not change. */
    void attemptUnreadable(String reason) {
        reconnected = true;
        attemptFailed(reason);
    }

    /** The book was synced until its connection ended; the connection is reopened elsewhere. */
    void connectionLost(String reason) {
        if (!active) {
            begin(reason, null);
        }
    }

    /** Replies to a command that requests a resync while one is in progress. */
    void joined(String reason, String id) {
        resyncing(reason, id);
    }

    /**
     * The book is synced again.
     *
     * @return duration of the resync in milliseconds, or -1 if there was none
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

    /** The connection has ended: the topic will be subscribed again anyway. */
    void ended() {
        if (active && failures > 0) {
            // Even if another topic caused the reconnect, it counts as this topic's attempt.
            reconnected = true;
        }
        failures = 0;
        waiting = false;
    }

    void tick() {
        if (waiting && context.now() - retryAt >= 0) {
            waiting = false;
            owner.resubscribe(topic);
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
            owner.resubscribe(topic);
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
