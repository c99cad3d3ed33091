package dev.livefeed.protocol.status;

import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.TopicStatus.TopicHeard;
import dev.livefeed.protocol.status.TopicStatus.TopicSilent;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;

/**
 * A case for each status. Those that are not overridden go to {@link #other}; a new status is added here, to the list
 * that {@link Status} permits, and as a record with a constant {@code STATUS}.
 */
public interface StatusVisitor<R> {

    /** A status without a case of its own. */
    R other(Status status);

    default R connectionUp(ConnectionUp status) {
        return other(status);
    }

    default R connectionDown(ConnectionDown status) {
        return other(status);
    }

    default R connectionClosed(ConnectionClosed status) {
        return other(status);
    }

    default R connectionRecycled(ConnectionRecycled status) {
        return other(status);
    }

    default R throttled(Throttled status) {
        return other(status);
    }

    default R degraded(Degraded status) {
        return other(status);
    }

    default R subscribed(Subscribed status) {
        return other(status);
    }

    default R unsubscribed(Unsubscribed status) {
        return other(status);
    }

    default R resyncing(Resyncing status) {
        return other(status);
    }

    default R synced(Synced status) {
        return other(status);
    }

    default R bookSuspect(BookSuspect status) {
        return other(status);
    }

    default R connectorLimit(ConnectorLimit status) {
        return other(status);
    }

    default R repaired(Repaired status) {
        return other(status);
    }

    default R gap(Gap status) {
        return other(status);
    }

    default R topicSilent(TopicSilent status) {
        return other(status);
    }

    default R topicHeard(TopicHeard status) {
        return other(status);
    }

    default R topicUnreadable(TopicUnreadable status) {
        return other(status);
    }

    default R instrumentInfo(InstrumentInfo status) {
        return other(status);
    }

    default R delisting(Delisting status) {
        return other(status);
    }

    default R instrumentEnded(InstrumentEnded status) {
        return other(status);
    }

    default R authenticating(Authenticating status) {
        return other(status);
    }

    default R authenticated(Authenticated status) {
        return other(status);
    }

    default R privateDisconnected(PrivateDisconnected status) {
        return other(status);
    }

    default R recordingEnded(RecordingEnded status) {
        return other(status);
    }

    default R exhausted(Exhausted status) {
        return other(status);
    }

    default R historyDone(HistoryDone status) {
        return other(status);
    }

    default R maintenance(Maintenance status) {
        return other(status);
    }

    default R heartbeat(Heartbeat status) {
        return other(status);
    }

    default R unknownStatus(UnknownStatus status) {
        return other(status);
    }
}
