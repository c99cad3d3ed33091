package dev.livefeed.app.route.exec;

import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.route.FeedRoutes;
import dev.livefeed.protocol.status.Status;

/**
 * Brings what the application has to say about the connector into the status route, between the lines of one process and those of the
 * next. A step that holds the feed up does not hold up the route that runs the connector.
 */
public final class ConnectorStatus {

    private final Supervisor supervisor;
    private final FeedRoutes routes;

    public ConnectorStatus(Supervisor supervisor, FeedRoutes routes) {
        this.supervisor = supervisor;
        this.routes = routes;
    }

    /** Waits a little for the routes to take it, and no longer. */
    public void announce(Status status) {
        supervisor.announce(status.status(), () -> routes.announce(status));
    }
}
