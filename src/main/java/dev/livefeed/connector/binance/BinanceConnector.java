package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.venue.BinanceSettings;
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

/** The {@code binance} connector with its network connections. */
public final class BinanceConnector implements Connector {

    private static final Logger LOG = LoggerFactory.getLogger(BinanceConnector.class);

    private final BinanceSettings settings;
    private final ScheduledExecutorService loop = NettyNetwork.newLoop("binance");

    private BinanceConnector(BinanceSettings settings) {
        this.settings = settings;
    }

    /**
     * Creates the connector from the environment.
     *
     * @throws ConfigurationException if a setting is invalid
     */
    public static BinanceConnector create(Map<String, String> environment) throws ConfigurationException {
        ConnectorSettings settings = new ConnectorSettings(environment, BinanceSettings.CONFIG_FILE);
        BinanceConnector connector = new BinanceConnector(BinanceSettings.read(settings));
        settings.warnings().forEach(LOG::warn);
        connector.settings.describeAccess().forEach(LOG::info);
        return connector;
    }

    @Override
    public String name() {
        return "binance";
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
        BinanceFeed feed = new BinanceFeed(settings, network, host.outbox(), host.time(), new SplittableRandom());
        network.listener(feed);
        return feed;
    }
}
