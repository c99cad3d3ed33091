package dev.livefeed.connector.binance.venue;

import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the venue is.
 *
 * @param stream for example {@code wss://stream.binance.com:9443}
 * @param rest for example {@code https://api.binance.com}, or null where REST is not to be asked: another WebSocket
 *     host is named, but not its REST host
 */
public record BinanceHosts(URI stream, URI rest) {

    private static final String STREAM = "BINANCE_WS_BASE_URL";
    private static final String REST = "BINANCE_REST_BASE_URL";
    private static final String TESTNET = "BINANCE_TESTNET";
    private static final String US = "BINANCE_US";

    /** What the connector itself appends to a base; names of streams are included. */
    private static final Pattern STREAM_PATH =
            Pattern.compile("(.*?)(/(public|market|private))?(/(ws|stream)(/[^/]*[@!].*)?)?");

    private static final Pattern SPOT_REST_PATH = Pattern.compile("(.*?)(/api(/v\\d)?)?");
    private static final Pattern USDM_REST_PATH = Pattern.compile("(.*?)(/fapi(/v\\d)?)?");

    /** Parts of a path that belong at its end, where they are left out. */
    private static final Set<String> OWN_PARTS = Set.of("api", "fapi", "ws", "stream");

    /** Reads the settings; faults go to {@code settings}. */
    static BinanceHosts read(ConnectorSettings settings, BinanceMarket market) {
        boolean testnet = settings.strictFlag("testnet", TESTNET, false);
        boolean us = settings.strictFlag("us", US, false);
        if (us && market != BinanceMarket.SPOT) {
            settings.fault("us", US, "is true, but Binance.US has spot only: set BINANCE_MARKET to spot");
        }
        if (us && testnet) {
            settings.fault("us", US, "is true, but " + TESTNET + " is true too; set only one of them");
        }
        BinanceHosts site = of(market, testnet, us);
        boolean otherStream = settings.given("ws_base_url", STREAM);
        URI stream = base(settings, "ws_base_url", STREAM, site.stream(), STREAM_PATH, Set.of("ws", "wss"));
        URI rest = base(
                settings,
                "rest_base_url",
                REST,
                otherStream ? null : site.rest(),
                market == BinanceMarket.SPOT ? SPOT_REST_PATH : USDM_REST_PATH,
                Set.of("http", "https"));
        if (us && market != BinanceMarket.SPOT) {
            return new BinanceHosts(stream, rest);
        }
        boolean serve = serves(settings, "ws_base_url", STREAM, stream, VenueHost.Purpose.STREAM, market, site.stream())
                & serves(settings, "rest_base_url", REST, rest, VenueHost.Purpose.REST, market, site.rest());
        if (serve && rest != null) {
            sameSite(settings, stream, rest);
        }
        return new BinanceHosts(stream, rest);
    }

    /** Whether a host of the venue serves what it is set for; if not, that is a fault. */
    private static boolean serves(
            ConnectorSettings settings,
            String key,
            String variable,
            URI base,
            VenueHost.Purpose purpose,
            BinanceMarket market,
            URI usual) {
        VenueHost host = base == null ? null : VenueHost.of(base);
        if (host == null || host.serves(purpose, market)) {
            return true;
        }
        settings.fault(
                key,
                variable,
                "is \"" + base + "\", a host of the venue for " + host.use() + "; for " + purpose + " of "
                        + market.setting() + " (BINANCE_MARKET) it is " + usual);
        return false;
    }

    private static void sameSite(ConnectorSettings settings, URI stream, URI rest) {
        if (VenueHost.of(stream) != null
                && VenueHost.of(rest) != null
                && VenueHost.site(stream) != VenueHost.site(rest)) {
            settings.fault(
                    "rest_base_url",
                    REST,
                    "is \"" + rest + "\", but the streams are those of " + stream + ": one is of "
                            + VenueHost.site(rest) + ", the other of " + VenueHost.site(stream)
                            + "; use both hosts of one site");
        }
    }

    private static BinanceHosts of(BinanceMarket market, boolean testnet, boolean us) {
        if (us) {
            return hosts("wss://stream.binance.us:9443", "https://api.binance.us");
        }
        if (market == BinanceMarket.SPOT) {
            return testnet
                    ? hosts("wss://stream.testnet.binance.vision", "https://testnet.binance.vision")
                    : hosts("wss://stream.binance.com:9443", "https://api.binance.com");
        }
        return testnet
                ? hosts("wss://fstream.binancefuture.com", "https://testnet.binancefuture.com")
                : hosts("wss://fstream.binance.com", "https://fapi.binance.com");
    }

    private static BinanceHosts hosts(String stream, String rest) {
        return new BinanceHosts(URI.create(stream), URI.create(rest));
    }

    /** A base without the part of the path that the connector appends itself; another path is that of a proxy. */
    private static URI base(
            ConnectorSettings settings,
            String key,
            String variable,
            URI otherwise,
            Pattern ownPath,
            Set<String> schemes) {
        URI given = settings.base(key, variable, otherwise, schemes);
        if (given == null || given.getRawPath() == null || given.getRawPath().isEmpty()) {
            return given;
        }
        String path = "/"
                + Stream.of(given.getRawPath().split("/"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("/"));
        Matcher own = ownPath.matcher(path);
        String prefix = path.equals("/") ? "" : own.matches() ? own.group(1) : path;
        boolean misplaced =
                Stream.of(prefix.toLowerCase(Locale.ROOT).split("/")).anyMatch(OWN_PARTS::contains);
        if (misplaced || (!prefix.isEmpty() && VenueHost.isVenues(given))) {
            settings.fault(
                    key,
                    variable,
                    "is \"" + given + "\"; it must be a base address without the path " + path
                            + ", since the connector appends its own");
            return otherwise;
        }
        if (prefix.length() < path.length() && path.length() > 1) {
            settings.warning(variable + " ends with " + path.substring(prefix.length())
                    + ", which the connector appends itself; it is left out");
        }
        return URI.create(given.getScheme() + "://" + given.getRawAuthority() + prefix);
    }
}
