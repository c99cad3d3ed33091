package dev.livefeed.connector.binance.venue;

import dev.livefeed.connector.feed.ConnectionCapacity;
import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.connector.feed.VenueSettings;
import dev.livefeed.connector.feed.start.TimeoutSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.session.SessionTimeouts;
import dev.livefeed.connector.session.access.NetworkAccess;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Settings of the connector, checked as a whole.
 *
 * @param singleTrades whether single trades are subscribed, and not those that are aggregated by order and price
 * @param depth levels a side of the channel {@code depth}
 * @param access how hosts are reached
 * @param historyFolder where pages of today's trades are kept, or null
 */
public record BinanceSettings(
        BinanceMarket market,
        boolean singleTrades,
        int depth,
        BinanceHosts hosts,
        NetworkAccess access,
        ConnectionCapacity connections,
        Timeouts limits,
        Path historyFolder)
        implements VenueSettings {

    /** The variable that names the configuration file. */
    public static final String CONFIG_FILE = "BINANCE_CONNECTOR_CONFIG_FILE";

    private static final int DEFAULT_DEPTH = 50;

    /** The venue allows 1,024; fewer share the fate of a connection. */
    private static final int STREAMS_PER_CONNECTION = 200;

    private static final int MAX_STREAMS_PER_CONNECTION = 1_024;
    private static final int CONNECTIONS = 100;

    /** The venue allows 300 per address; some are left for other programs. */
    private static final int CONNECT_BUDGET = 240;

    private static final String NO_FOLDER = "none";

    static final Timeouts DEFAULT = new Timeouts(
            new SessionTimeouts(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(10),
                    // The venue ends each connection after 24 hours.
                    Duration.ofHours(23)),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            new Timeouts.Repair(Duration.ofSeconds(30), 10_000),
            new Timeouts.Silence(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(15)),
            new Timeouts.InstrumentRequests(Duration.ofHours(1), Duration.ofSeconds(5)),
            Duration.ofMinutes(5));

    /**
     * Reads the settings.
     *
     * @throws ConfigurationException if settings are invalid, with a line for each
     */
    public static BinanceSettings read(Map<String, String> environment) throws ConfigurationException {
        return read(new ConnectorSettings(environment, CONFIG_FILE));
    }

    public static BinanceSettings read(ConnectorSettings settings) throws ConfigurationException {
        BinanceMarket market = BinanceMarket.of(
                settings.choice("market", "BINANCE_MARKET", BinanceMarket.SPOT.setting(), BinanceMarket.settings()));
        int most = market.snapshotLevels();
        BinanceSettings read = new BinanceSettings(
                market,
                settings.choice("trades", "BINANCE_TRADES", "aggtrade", List.of("aggtrade", "trade"))
                        .equals("trade"),
                (int) settings.number("depth", "BINANCE_DEPTH", DEFAULT_DEPTH, 1, most),
                BinanceHosts.read(settings, market),
                NetworkAccess.read(settings, "BINANCE_PROXY", "BINANCE_HEADERS"),
                new ConnectionCapacity(
                        Integer.MAX_VALUE,
                        (int) settings.number(
                                "streams_per_connection", null, STREAMS_PER_CONNECTION, 3, MAX_STREAMS_PER_CONNECTION),
                        (int) settings.number("max_connections", null, CONNECTIONS, 1, CONNECTIONS),
                        (int) settings.number("connect_budget", null, CONNECT_BUDGET, 1, 300)),
                limits(settings),
                folder(settings));
        settings.check();
        return read;
    }

    private static Path folder(ConnectorSettings settings) {
        String name = settings.hiddenText("history_dir", "BINANCE_HISTORY_DIR", "data/history");
        try {
            return name.equals(NO_FOLDER) ? null : Path.of(name);
        } catch (InvalidPathException e) {
            settings.fault("history_dir", "BINANCE_HISTORY_DIR", "is no path of a folder; name one, or none");
            return null;
        }
    }

    private static Timeouts limits(ConnectorSettings settings) {
        Duration silence =
                settings.millisOrNone("silent_depth_ms", DEFAULT.silence().book());
        return TimeoutSettings.read(
                settings,
                DEFAULT,
                DEFAULT.snapshot(),
                new Timeouts.Silence(
                        silence,
                        silence,
                        settings.millisOrNone(
                                "silent_trades_ms", DEFAULT.silence().trades())));
    }

    @Override
    public List<String> describeAccess() {
        return access.describe(hosts.stream(), hosts.rest());
    }

    /** Address of the connections of a group. */
    public URI webSocket(ConnectionGroup group) {
        return group.uri(hosts.stream());
    }

    /** The weights of requests to the REST host; those of the market if it is not one of the venue's. */
    public RequestWeights weights() {
        if (market.futures()) {
            return RequestWeights.USDM;
        }
        boolean us = hosts.rest() != null
                && VenueHost.isVenues(hosts.rest())
                && VenueHost.site(hosts.rest()) == VenueHost.SiteName.US;
        return us ? RequestWeights.US : RequestWeights.SPOT;
    }

    /** Start of the paths of the REST interface. */
    public String rest(String path) {
        return market.restPath() + path;
    }
}
