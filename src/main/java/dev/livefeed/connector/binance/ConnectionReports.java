package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.connection.OverlappingConnection;
import dev.livefeed.connector.binance.connection.RouteConnections;
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
    private final RouteConnections connections;

    ConnectionReports(VenueContext context, RouteConnections connections) {
        this.context = context;
        this.connections = connections;
    }

    void up(OverlappingConnection connection) {
        LOG.info("connection_opened connection={} url={}", connection.name(), connection.uri());
        context.outbox().status(new ConnectionUp(head(null), info(connection), connection.synthetic(), false));
    }

    void down(OverlappingConnection connection, SessionEnd end) {
        LOG.warn(
                "connection_lost connection={} url={} retry_in_ms={} reason=\"{}\"",
                connection.name(),
                connection.uri(),
                end.retryMillis(),
                end.reason());
        context.outbox()
                .status(new ConnectionDown(
                        head(end.reason()), info(connection), (long) end.attempt(), end.retryMillis()));
    }

    void replaced(OverlappingConnection connection, long ageMillis, String reason) {
        LOG.info(
                "connection_replaced connection={} url={} age_ms={}: {}",
                connection.name(),
                connection.uri(),
                ageMillis,
                reason);
        context.outbox().status(new ConnectionRecycled(head(reason), info(connection), ageMillis));
    }

    void budgetUsedUp(OverlappingConnection connection, int budget, long waitMillis) {
        String reason = "the venue allows 300 new connections in 5 minutes, and " + budget + " have been made";
        LOG.warn(
                "connection_postponed connection={} url={} wait_ms={} reason=\"{}\"",
                connection.name(),
                connection.uri(),
                waitMillis,
                reason);
        context.outbox().status(new Degraded(head(reason), info(connection), null, null, null, null, waitMillis));
    }

    void closed(OverlappingConnection connection) {
        LOG.info("connection_closed connection={} url={}: it has no streams", connection.name(), connection.uri());
        context.outbox().status(new ConnectionClosed(head("it has no streams"), info(connection)));
    }

    void requestsPaused(String reason, long millis) {
        context.figures().throttled++;
        LOG.warn("rest_paused wait_ms={} reason=\"{}\"", millis, reason);
        context.outbox()
                .status(new Throttled(head(reason + "; REST requests pause"), ConnectionInfo.NONE, null, null, millis));
    }

    private Head head(String reason) {
        return Head.of(context.connector(), reason);
    }

    private ConnectionInfo info(OverlappingConnection connection) {
        return new ConnectionInfo(
                connection.uri().toString(), connection.name(), (long) connections.size(), (long) connections.open());
    }
}
