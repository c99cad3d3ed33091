package dev.livefeed.protocol.status;

import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.ReplayStatus.RecordingEnded;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import dev.livefeed.protocol.status.TopicStatus.TopicHeard;
import dev.livefeed.protocol.status.TopicStatus.TopicSilent;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;

/**
 * A case for each status. A new status is added here, to the list that {@link Status} permits, and as a record with a
 * constant {@code STATUS}; the compiler then names each visitor that has to decide about it.
 */
public interface StatusVisitor<R> {

    R connectionUp(ConnectionUp status);

    R connectionDown(ConnectionDown status);

    R connectionClosed(ConnectionClosed status);

    R connectionRecycled(ConnectionRecycled status);

    R throttled(Throttled status);

    R degraded(Degraded status);

    R subscribed(Subscribed status);

    R unsubscribed(Unsubscribed status);

    R resyncing(Resyncing status);

    R synced(Synced status);

    R bookSuspect(BookSuspect status);

    R connectorLimit(ConnectorLimit status);

    R repaired(Repaired status);

    R gap(Gap status);

    R topicSilent(TopicSilent status);

    R topicHeard(TopicHeard status);

    R topicUnreadable(TopicUnreadable status);

    R instrumentInfo(InstrumentInfo status);

    R delisting(Delisting status);

    R instrumentEnded(InstrumentEnded status);

    R authenticating(Authenticating status);

    R authenticated(Authenticated status);

    R privateDisconnected(PrivateDisconnected status);

    R replayProgress(ReplayProgress status);

    R recordingEnded(RecordingEnded status);

    R exhausted(Exhausted status);

    R historyDone(HistoryDone status);

    R maintenance(Maintenance status);

    R heartbeat(Heartbeat status);

    R unknownStatus(UnknownStatus status);

    /** For a visitor that is about a few statuses: every other one, a new one too, goes to {@link #other}. */
    interface WithDefault<R> extends StatusVisitor<R> {

        R other(Status status);

        @Override
        default R connectionUp(ConnectionUp status) {
            return other(status);
        }

        @Override
        default R connectionDown(ConnectionDown status) {
            return other(status);
        }

        @Override
        default R connectionClosed(ConnectionClosed status) {
            return other(status);
        }

        @Override
        default R connectionRecycled(ConnectionRecycled status) {
            return other(status);
        }

        @Override
        default R throttled(Throttled status) {
            return other(status);
        }

        @Override
        default R degraded(Degraded status) {
            return other(status);
        }

        @Override
        default R subscribed(Subscribed status) {
            return other(status);
        }

        @Override
        default R unsubscribed(Unsubscribed status) {
            return other(status);
        }

        @Override
        default R resyncing(Resyncing status) {
            return other(status);
        }

        @Override
        default R synced(Synced status) {
            return other(status);
        }

        @Override
        default R bookSuspect(BookSuspect status) {
            return other(status);
        }

        @Override
        default R connectorLimit(ConnectorLimit status) {
            return other(status);
        }

        @Override
        default R repaired(Repaired status) {
            return other(status);
        }

        @Override
        default R gap(Gap status) {
            return other(status);
        }

        @Override
        default R topicSilent(TopicSilent status) {
            return other(status);
        }

        @Override
        default R topicHeard(TopicHeard status) {
            return other(status);
        }

        @Override
        default R topicUnreadable(TopicUnreadable status) {
            return other(status);
        }

        @Override
        default R instrumentInfo(InstrumentInfo status) {
            return other(status);
        }

        @Override
        default R delisting(Delisting status) {
            return other(status);
        }

        @Override
        default R instrumentEnded(InstrumentEnded status) {
            return other(status);
        }

        @Override
        default R authenticating(Authenticating status) {
            return other(status);
        }

        @Override
        default R authenticated(Authenticated status) {
            return other(status);
        }

        @Override
        default R privateDisconnected(PrivateDisconnected status) {
            return other(status);
        }

        @Override
        default R replayProgress(ReplayProgress status) {
            return other(status);
        }

        @Override
        default R recordingEnded(RecordingEnded status) {
            return other(status);
        }

        @Override
        default R exhausted(Exhausted status) {
            return other(status);
        }

        @Override
        default R historyDone(HistoryDone status) {
            return other(status);
        }

        @Override
        default R maintenance(Maintenance status) {
            return other(status);
        }

        @Override
        default R heartbeat(Heartbeat status) {
            return other(status);
        }

        @Override
        default R unknownStatus(UnknownStatus status) {
            return other(status);
        }
    }
}
