package dev.livefeed.connector.feed.start;

import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.connector.feed.VenueSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.Connector;
import dev.livefeed.connector.sdk.ConnectorFeed;
import dev.livefeed.connector.sdk.Host;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.session.NettyNetwork;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.NetworkFeed;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A venue's connector with its network connections.
 *
 * @param <S> the venue's settings
 */
public final class VenueConnector<S extends VenueSettings> implements Connector {

    private static final Logger LOG = LoggerFactory.getLogger(VenueConnector.class);

    private final String name;
    private final S settings;
    private final FeedMaker<S> maker;
    private final ScheduledExecutorService loop;

    /** Creates the venue's feed. */
    public interface FeedMaker<S> {

        NetworkFeed make(S settings, Network network, Outbox outbox, TimeSource time, RandomGenerator random);
    }

    /** Reads the venue's settings and checks them as a whole. */
    public interface SettingsReader<S> {

        S read(ConnectorSettings settings) throws ConfigurationException;
    }

    private VenueConnector(String name, S settings, FeedMaker<S> maker) {
        this.name = name;
        this.settings = settings;
        this.maker = maker;
        this.loop = NettyNetwork.newLoop(name);
    }

    /**
     * Creates a connector.
     *
     * @param name its name in statuses, that of the venue
     * @throws ConfigurationException if a setting is invalid
     */
    public static <S extends VenueSettings> Connector create(
            String name, ConnectorSettings settings, SettingsReader<S> reader, FeedMaker<S> maker)
            throws ConfigurationException {
        S read = reader.read(settings);
        settings.warnings().forEach(LOG::warn);
        read.describeAccess().forEach(LOG::info);
        return new VenueConnector<>(name, read, maker);
    }

    @Override
    public String name() {
        return name;
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
        Timeouts limits = settings.limits();
        NettyNetwork network = new NettyNetwork(loop, host, limits.session().open(), limits.rest(), settings.access());
        NetworkFeed feed = maker.make(settings, network, host.outbox(), host.time(), new SplittableRandom());
        network.listener(feed);
        return feed;
    }
}
