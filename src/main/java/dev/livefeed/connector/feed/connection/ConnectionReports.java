package dev.livefeed.connector.feed.connection;

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

/**
 * Reports what becomes of connections and of the limits for requests, in the log and as statuses. Connections without
 * market data have no statuses.
 */
public final class ConnectionReports {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionReports.class);

    private final VenueContext context;
    private final ConnectionPool<?, ?> pool;
    private final String contents;

    /** @param contents what the venue calls the streams of a connection: {@code topics} */
    public ConnectionReports(VenueContext context, ConnectionPool<?, ?> pool, String contents) {
        this.context = context;
        this.pool = pool;
        this.contents = contents;
    }

    public void up(PooledConnection<?> connection) {
        LOG.info("connection_opened connection={} url={}", connection.name(), connection.uri());
        if (!connection.aside()) {
            context.outbox().status(new ConnectionUp(head(null), info(connection), connection.synthetic(), false));
        }
    }

    public void down(PooledConnection<?> connection, SessionEnd end) {
        LOG.warn(
                "connection_lost connection={} url={} retry_in_ms={} reason=\"{}\"",
                connection.name(),
                connection.uri(),
                end.retryMillis(),
                end.reason());
        if (!connection.aside()) {
            context.outbox()
                    .status(new ConnectionDown(
                            head(end.reason()), info(connection), (long) end.attempt(), end.retryMillis()));
        }
    }

    /** @param reason null: on schedule */
    public void replaced(PooledConnection<?> connection, long ageMillis, String reason) {
        LOG.info(
                "connection_replaced connection={} url={} age_ms={}: {}",
                connection.name(),
                connection.uri(),
                ageMillis,
                reason == null ? "on schedule" : reason);
        context.outbox().status(new ConnectionRecycled(head(reason), info(connection), ageMillis));
    }

    /**
     * The connection cannot be opened until the venue's limit of new connections allows it.
     *
     * @param allowed number that the venue allows in five minutes
     * @param made number that have been made
     */
    public void budgetUsedUp(PooledConnection<?> connection, int allowed, int made, long waitMillis) {
        String reason =
                "the venue allows " + allowed + " new connections in 5 minutes, and " + made + " have been made";
        LOG.warn(
                "connection_postponed connection={} url={} wait_ms={} reason=\"{}\"",
                connection.name(),
                connection.uri(),
                waitMillis,
                reason);
        context.outbox().status(new Degraded(head(reason), info(connection), null, null, null, null, waitMillis));
    }

    public void closed(PooledConnection<?> connection) {
        String reason = "it has no " + contents;
        LOG.info("connection_closed connection={} url={}: {}", connection.name(), connection.uri(), reason);
        if (!connection.aside()) {
            context.outbox().status(new ConnectionClosed(head(reason), info(connection)));
        }
    }

    /** The venue limits requests on the connection. */
    public void throttled(PooledConnection<?> connection, String text, long waitMillis) {
        LOG.warn(
                "requests_throttled connection={} url={} wait_ms={} reason=\"{}\"",
                connection.name(),
                connection.uri(),
                waitMillis,
                text);
        context.outbox().status(new Throttled(head(text), info(connection), null, null, waitMillis));
    }

    /** The venue limits REST requests, which pause. */
    public void requestsPaused(String reason, long millis) {
        context.figures().throttled++;
        LOG.warn("rest_paused wait_ms={} reason=\"{}\"", millis, reason);
        context.outbox()
                .status(new Throttled(head(reason + "; REST requests pause"), ConnectionInfo.NONE, null, null, millis));
    }

    private Head head(String reason) {
        return Head.of(context.connector(), reason);
    }

    private ConnectionInfo info(PooledConnection<?> connection) {
        return new ConnectionInfo(
                connection.uri().toString(), connection.name(), (long) pool.size(), (long) pool.open());
    }
}
