package dev.livefeed.app.route.exec;

import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.route.FeedRoutes;
import dev.livefeed.protocol.status.Status;

/**
 * Sends the application's statuses about the connector to the status route, between the lines of one process and the
 * next. A blocked route step does not block the route that runs the connector.
 */
public final class ConnectorStatus {

    private final Supervisor supervisor;
    private final FeedRoutes routes;

    public ConnectorStatus(Supervisor supervisor, FeedRoutes routes) {
        this.supervisor = supervisor;
        this.routes = routes;
    }

    /** Waits for the routes only for a short time. */
    public void announce(Status status) {
        supervisor.announce(status.status(), () -> routes.announce(status));
    }
}
