package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.connection.StreamConnection;
import dev.livefeed.connector.binance.connection.StreamConnections;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.ConnectionRecycled;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Throttled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what becomes of connections and of the limits for requests, in the log and as statuses. */
final class ConnectionReports {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionReports.class);

    private final VenueContext context;
    private final StreamConnections connections;

    ConnectionReports(VenueContext context, StreamConnections connections) {
        this.context = context;
        this.connections = connections;
    }

    void up(StreamConnection connection) {
        LOG.info("Connected to {} ({})", connection.uri(), connection.name());
        context.outbox().status(new ConnectionUp(head(null), info(connection), connection.synthetic(), false));
    }

    void down(StreamConnection connection, SessionEnd end) {
        LOG.warn(
                "{} ({}): {}; the next attempt follows in {} ms",
                connection.uri(),
                connection.name(),
                end.reason(),
                end.retryMillis());
        context.outbox()
                .status(new ConnectionDown(
                        head(end.reason()), info(connection), (long) end.attempt(), end.retryMillis()));
    }

    void replaced(StreamConnection connection, long ageMillis, String reason) {
        LOG.info("{} ({}) was replaced by an overlapping connection: {}", connection.uri(), connection.name(), reason);
        context.outbox().status(new ConnectionRecycled(head(reason), info(connection), ageMillis));
    }

    void budgetUsedUp(StreamConnection connection, int budget, long waitMillis) {
        String reason = "the venue allows 300 new connections in 5 minutes, and " + budget + " have been made";
        LOG.warn("{} ({}) is opened in {} ms: {}", connection.uri(), connection.name(), waitMillis, reason);
        context.outbox().status(new Degraded(head(reason), info(connection), null, null, null, null, waitMillis));
    }

    void closed(StreamConnection connection) {
        LOG.info("{} ({}) is closed: it has no streams", connection.uri(), connection.name());
        context.outbox().status(new ConnectionClosed(head("it has no streams"), info(connection)));
    }

    void requestsPaused(String reason, long millis) {
        context.figures().throttled++;
        LOG.warn("REST requests pause for {} ms: {}", millis, reason);
        context.outbox()
                .status(new Throttled(head(reason + "; REST requests pause"), ConnectionInfo.NONE, null, null, millis));
    }

    private Head head(String reason) {
        return Head.of(context.connector(), reason);
    }

    private ConnectionInfo info(StreamConnection connection) {
        return new ConnectionInfo(
                connection.uri().toString(), connection.name(), (long) connections.size(), (long) connections.open());
    }
}
