package dev.livefeed.app.conformance;

import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.RecordingEnded;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.HashSet;
import java.util.Set;

/** Statuses: connections, heartbeats, and answers to commands. Not thread-safe. */
final class StatusRules {

    private final RuleFindings findings;
    private final SentCommands replies;
    private final EventRules events;
    private final Change change = new Change();
    private byte[] line;
    private boolean connected;
    private boolean replay;
    private boolean ended;
    private long heartbeats;
    private long heartbeatAt;
    private long longestNanos;
    private final Set<String> subscribed = new HashSet<>();

    StatusRules(RuleFindings findings, SentCommands replies, EventRules events) {
        this.findings = findings;
        this.replies = replies;
        this.events = events;
    }

    void status(Status status, byte[] text) {
        line = text;
        status.accept(change);
    }

    void failure(Failure failure, byte[] text) {
        replies.answered(failure.id(), Failure.TYPE, failure.code() + ": " + failure.error(), text);
    }

    /** Whether a connection to the exchange has been reported. */
    boolean connected() {
        return connected;
    }

    /** Whether a recording is played, whose times are not those of now. */
    boolean replay() {
        return replay;
    }

    /** Whether there is nothing more to send. */
    boolean ended() {
        return ended;
    }

    long heartbeats() {
        return heartbeats;
    }

    /** Ids of the confirmed subscriptions. */
    Set<String> subscribed() {
        return subscribed;
    }

    /** The longest time without a heartbeat, including the one that has not ended, in milliseconds. */
    long heartbeatMillis() {
        return Math.max(longestNanos, heartbeats == 0 ? 0 : System.nanoTime() - heartbeatAt) / 1_000_000;
    }

    /** Time in which stdout was not read does not count. */
    void resumed() {
        heartbeatAt = System.nanoTime();
    }

    /** What each status changes. */
    private final class Change implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void connectionUp(ConnectionUp status) {
            connected = true;
            replay |= status.replay();
            return null;
        }

        @Override
        public Void connectionDown(ConnectionDown status) {
            Long open = status.connection() == null ? null : status.connection().open();
            if (open == null || open == 0) {
                events.books().disconnected();
            }
            return null;
        }

        @Override
        public Void recordingEnded(RecordingEnded status) {
            ended = true;
            return null;
        }

        @Override
        public Void heartbeat(Heartbeat status) {
            long now = System.nanoTime();
            if (heartbeats > 0) {
                longestNanos = Math.max(longestNanos, now - heartbeatAt);
            }
            heartbeats++;
            heartbeatAt = now;
            return answer(status);
        }

        @Override
        public Void subscribed(Subscribed status) {
            if (status.id() != null) {
                subscribed.add(status.id());
            }
            return answer(status);
        }

        @Override
        public Void unsubscribed(Unsubscribed status) {
            events.wanted().unsubscribed(status.id());
            return answer(status);
        }

        @Override
        public Void resyncing(Resyncing status) {
            events.books().resyncing(status);
            return answer(status);
        }

        @Override
        public Void gap(Gap status) {
            if (status.symbol() != null) {
                events.trades().gap(status.symbol());
            }
            return null;
        }

        @Override
        public Void historyDone(HistoryDone status) {
            events.history().done(status, line);
            return answer(status);
        }

        private Void answer(Status status) {
            replies.answered(status.id(), status.status(), status.reason(), line);
            return null;
        }

        @Override
        public Void other(Status status) {
            return null;
        }
    }
}
