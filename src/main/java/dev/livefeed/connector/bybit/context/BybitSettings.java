package dev.livefeed.connector.bybit.context;

import dev.livefeed.connector.bybit.account.AccountSettings;
import dev.livefeed.connector.bybit.site.SiteHosts;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.ConnectionCapacity;
import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.connector.feed.VenueSettings;
import dev.livefeed.connector.feed.start.TimeoutSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.session.access.NetworkAccess;
import dev.livefeed.protocol.model.Symbols;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Settings of the connector, checked as a whole.
 *
 * @param category default category of commands
 * @param depth depth of the channel {@code depth} in that category
 * @param access how hosts are reached
 * @param initial subscribed at the start without a command
 * @param account keys and topics of the private stream
 */
public record BybitSettings(
        Category category,
        int depth,
        SiteHosts hosts,
        NetworkAccess access,
        ConnectionCapacity connections,
        InitialSubscriptions initial,
        Timeouts limits,
        AccountSettings account)
        implements VenueSettings {

    /** The variable that names the configuration file. */
    public static final String CONFIG_FILE = "BYBIT_CONNECTOR_CONFIG_FILE";

    /** The venue's limit for a public connection. */
    private static final int TOPIC_CHARS = 21_000;

    /** The venue's limit for option connections, also used for the others, which have none. */
    private static final int TOPICS_PER_CONNECTION = 2_000;

    private static final int CONNECTIONS = 1_000;

    /** The venue allows 500 per address; some are left for other programs. */
    private static final int CONNECT_BUDGET = 400;

    /** Each channel is subscribed for each symbol. */
    public record InitialSubscriptions(List<String> symbols, List<String> channels) {}

    /**
     * Reads the settings.
     *
     * @throws ConfigurationException if settings are invalid, with a line for each
     */
    public static BybitSettings read(Map<String, String> environment) throws ConfigurationException {
        return read(new ConnectorSettings(environment, CONFIG_FILE));
    }

    public static BybitSettings read(ConnectorSettings settings) throws ConfigurationException {
        List<String> categories =
                Arrays.stream(Category.values()).map(Category::text).toList();
        Category category =
                Category.of(settings.choice("category", "BYBIT_CATEGORY", Category.LINEAR.text(), categories));
        int depth = (int) settings.number("depth", "BYBIT_DEPTH", category.defaultDepth(), 1, 1_000);
        if (!category.depths().contains(depth)) {
            settings.fault(
                    "depth",
                    "BYBIT_DEPTH",
                    "is \"" + depth + "\"; for " + category + " it must be one of " + category.depths());
        }
        SiteHosts hosts = SiteHosts.read(settings);
        Timeouts limits = limits(settings);
        BybitSettings read = new BybitSettings(
                category,
                depth,
                hosts,
                NetworkAccess.read(settings, "BYBIT_PROXY", "BYBIT_HEADERS"),
                new ConnectionCapacity(
                        (int) settings.number("topic_chars", null, TOPIC_CHARS, 100, 1_000_000),
                        (int) settings.number("topics_per_connection", null, TOPICS_PER_CONNECTION, 2, 100_000),
                        (int) settings.number("max_connections", null, CONNECTIONS, 1, 1_000),
                        (int) settings.number("connect_budget", null, CONNECT_BUDGET, 1, 500)),
                new InitialSubscriptions(
                        settings.texts("symbols", List.of()), settings.texts("channels", List.of("trades", "depth"))),
                limits,
                AccountSettings.read(settings, hosts, limits.session().forSilentStream(), limits.ack()));
        read.checkStreams(settings);
        settings.check();
        return read;
    }

    private static Timeouts limits(ConnectorSettings settings) {
        Timeouts otherwise = Timeouts.DEFAULT;
        Timeouts.Silence silence = otherwise.silence();
        return TimeoutSettings.read(
                settings,
                otherwise,
                settings.millis("snapshot_timeout_ms", otherwise.snapshot()),
                new Timeouts.Silence(
                        settings.millisOrNone("silent_depth_1_ms", silence.top()),
                        settings.millisOrNone("silent_depth_ms", silence.book()),
                        settings.millisOrNone("silent_trades_ms", silence.trades())));
    }

    private void checkStreams(ConnectorSettings settings) {
        for (String symbol : initial.symbols()) {
            if (!Symbols.valid(symbol)) {
                settings.fault("symbols", null, "contains \"" + symbol + "\", must be " + Symbols.RULE);
            }
        }
        for (String channel : initial.channels()) {
            try {
                TopicName.of(category, channel, "X", depth);
            } catch (IllegalArgumentException e) {
                settings.fault("channels", null, "is invalid: " + e.getMessage());
            }
        }
    }

    /** Depth of the channel {@code depth} in a category. */
    public int depth(Category of) {
        return of.depths().contains(depth) ? depth : of.defaultDepth();
    }

    @Override
    public List<String> describeAccess() {
        return access.describe(webSocket(category), restBase(), account.uri());
    }

    /** Base address of the REST interface, or null if REST is not used. */
    public URI restBase() {
        return hosts.rest();
    }

    /** Address of the public stream of a category. */
    public URI webSocket(Category of) {
        return URI.create(hosts.publicStream() + "/v5/public/" + of.text());
    }

    /** Address of the stream of the venue's announcements. */
    public URI announcements() {
        return URI.create(hosts.publicStream() + "/v5/public/misc/status");
    }
}
