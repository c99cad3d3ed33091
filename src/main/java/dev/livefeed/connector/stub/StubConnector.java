package dev.livefeed.connector.stub;

import dev.livefeed.connector.sdk.Connector;
import dev.livefeed.connector.sdk.ConnectorFeed;
import dev.livefeed.connector.sdk.Host;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Random trades and small books, to try the application without an exchange. Has no settings. */
public final class StubConnector implements Connector {

    private final ScheduledExecutorService loop =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "stub"));

    private StubConnector() {}

    /** Creates the connector; the environment is not used. */
    public static StubConnector create(Map<String, String> environment) {
        return new StubConnector();
    }

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public ScheduledExecutorService loop() {
        return loop;
    }

    @Override
    public Duration tickInterval() {
        return Duration.ofMillis(10);
    }

    @Override
    public ConnectorFeed feed(Host host) {
        return new StubFeed(host.outbox(), host.time(), new SplittableRandom());
    }
}
