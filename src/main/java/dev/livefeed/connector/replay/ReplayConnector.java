package dev.livefeed.connector.replay;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.Connector;
import dev.livefeed.connector.sdk.ConnectorFeed;
import dev.livefeed.connector.sdk.Host;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The {@code replay} connector. */
public final class ReplayConnector implements Connector {

    private final ReplaySettings settings;
    private final ScheduledExecutorService loop =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "replay"));

    private ReplayConnector(ReplaySettings settings) {
        this.settings = settings;
    }

    /**
     * Creates the connector from environment variables.
     *
     * @throws ConfigurationException if a setting is invalid, for example if a file does not exist
     */
    public static ReplayConnector create(Map<String, String> environment) throws ConfigurationException {
        return new ReplayConnector(ReplaySettings.read(environment));
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public ScheduledExecutorService loop() {
        return loop;
    }

    @Override
    public Duration tickInterval() {
        return Duration.ofMillis(2);
    }

    @Override
    public ConnectorFeed feed(Host host) {
        return new ReplayFeed(settings, host.outbox(), host.time(), host::end);
    }
}
