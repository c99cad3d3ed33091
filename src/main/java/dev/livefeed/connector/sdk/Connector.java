package dev.livefeed.connector.sdk;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** A connector with validated settings that has not been started yet. */
public interface Connector {

    /** The connector name in statuses, such as {@code bybit} or {@code stub}. */
    String name();

    /** The single thread that the feed runs on. */
    ScheduledExecutorService loop();

    /** How often {@link ConnectorFeed#tick} is called. */
    Duration tickInterval();

    /** Creates the feed; called once, on the loop. */
    ConnectorFeed feed(Host host);
}
