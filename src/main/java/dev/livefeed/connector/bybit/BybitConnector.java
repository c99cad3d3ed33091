package dev.livefeed.connector.bybit;

import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.Connector;
import dev.livefeed.connector.sdk.ConnectorFeed;
import dev.livefeed.connector.sdk.Host;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.session.NettyNetwork;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code bybit} connector with its network connections. */
public final class BybitConnector implements Connector {

    private static final Logger LOG = LoggerFactory.getLogger(BybitConnector.class);

    private final BybitSettings settings;
    private final ScheduledExecutorService loop = NettyNetwork.newLoop("bybit");

    private BybitConnector(BybitSettings settings) {
        this.settings = settings;
    }

    /**
     * Creates the connector from the environment.
     *
     * @throws ConfigurationException if a setting is invalid
     */
    public static BybitConnector create(Map<String, String> environment) throws ConfigurationException {
        ConnectorSettings settings = new ConnectorSettings(environment, BybitSettings.CONFIG_FILE);
        BybitConnector connector = new BybitConnector(BybitSettings.read(settings));
        settings.warnings().forEach(LOG::warn);
        connector.settings.describeAccess().forEach(LOG::info);
        return connector;
    }

    @Override
    public String name() {
        return "bybit";
    }

    @Override
    public ScheduledExecutorService loop() {
        return loop;
    }

    @Override
    public Duration tickInterval() {
        return Duration.ofMillis(50);
    }

    @Override
    public ConnectorFeed feed(Host host) {
        NettyNetwork network = new NettyNetwork(
                loop,
                host,
                settings.limits().session().open(),
                settings.limits().rest(),
                settings.access());
        BybitFeed feed = new BybitFeed(settings, network, host.outbox(), host.time(), new SplittableRandom());
        network.listener(feed);
        return feed;
    }
}
