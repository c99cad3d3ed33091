package dev.livefeed.connector.sdk;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** A connector that is ready to run: its settings are checked, nothing is started yet. */
public interface Connector {

    /** The name in its statuses: {@code bybit}, {@code stub}. */
    String name();

    /** The one thread that everything of the feed runs on. */
    ScheduledExecutorService loop();

    /** How often {@link ConnectorFeed#tick} is called. */
    Duration tickInterval();

    /** The feed; called once, on the loop. */
    ConnectorFeed feed(Host host);
}
