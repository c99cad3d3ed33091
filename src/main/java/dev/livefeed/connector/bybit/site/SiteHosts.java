package dev.livefeed.connector.bybit.site;

import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the venue is: the hosts of a site, or those that settings name instead.
 *
 * @param publicStream for example {@code wss://stream.bybit.com}
 * @param privateStream host of the account's stream
 * @param rest for example {@code https://api.bybit.com}, or null where REST is not to be asked: another WebSocket host
 *     is named, but not its REST host
 * @param keys which keys belong to the private stream; empty if its host is none of the venue's
 */
public record SiteHosts(URI publicStream, URI privateStream, URI rest, String keys) {

    private static final String TESTNET = "BYBIT_CONNECTOR_TESTNET";
    private static final String STREAM = "BYBIT_WS_BASE_URL";
    private static final String REST = "BYBIT_REST_BASE_URL";
    private static final Set<String> STREAM_SCHEMES = Set.of("ws", "wss");

    /** What the connector itself appends to a base. */
    private static final Pattern OWN_PATH = Pattern.compile(
            "(.*?)/v5(/private|/trade|/market|/public(/(spot|linear|inverse|option|misc/status))?)?",
            Pattern.CASE_INSENSITIVE);

    /** Reads the settings; faults go to {@code settings}. */
    public static SiteHosts read(ConnectorSettings settings) {
        boolean testnet = settings.flag("testnet", TESTNET, false);
        String name = settings.choice("site", "BYBIT_SITE", Site.GLOBAL.toString(), Site.names());
        boolean chosen = settings.given("site", "BYBIT_SITE");
        if (chosen && testnet && !name.equals(Site.TESTNET.toString())) {
            settings.fault(
                    "site", "BYBIT_SITE", "is \"" + name + "\", but " + TESTNET + " is true; set only one of them");
        }
        Site site = testnet && !chosen ? Site.TESTNET : Site.of(name);
        boolean otherStream = settings.given("ws_base_url", STREAM);
        URI stream = base(settings, "ws_base_url", STREAM, site.publicStream(), STREAM_SCHEMES);
        URI rest = base(settings, "rest_base_url", REST, otherStream ? null : site.rest(), Set.of("http", "https"));
        URI account = base(
                settings, "private_ws_base_url", null, otherStream ? stream : site.privateStream(), STREAM_SCHEMES);
        boolean serve = serves(settings, "ws_base_url", STREAM, stream, Site.Purpose.PUBLIC_STREAM)
                & serves(settings, "rest_base_url", REST, rest, Site.Purpose.REST)
                & (account.equals(stream)
                        || serves(settings, "private_ws_base_url", null, account, Site.Purpose.PRIVATE_STREAM));
        if (!serve) {
            return new SiteHosts(stream, account, rest, "");
        }
        if (chosen || testnet) {
            sameSite(settings, "ws_base_url", STREAM, stream, site);
            sameSite(settings, "rest_base_url", REST, rest, site);
            if (!account.equals(stream)) {
                sameSite(settings, "private_ws_base_url", null, account, site);
            }
        } else if (rest != null && testnet(stream) != testnet(rest) && known(stream) && known(rest)) {
            settings.fault(
                    "rest_base_url",
                    REST,
                    "is \"" + rest + "\", but the streams are those of " + stream
                            + ": one is of testnet, the other is not; use both hosts of one site");
        }
        return new SiteHosts(stream, account, rest, keys(site, account));
    }

    private static void sameSite(ConnectorSettings settings, String key, String variable, URI base, Site site) {
        if (base != null && known(base) && !site.has(base.getHost())) {
            settings.fault(
                    key,
                    variable,
                    "is \"" + base + "\", which is a host of the site " + Site.ofHost(base.getHost())
                            + ", but BYBIT_SITE or " + TESTNET + " says " + site + "; set only one of them");
        }
    }

    /** Whether a host of the venue serves what it is set for; if not, that is a fault. */
    private static boolean serves(
            ConnectorSettings settings, String key, String variable, URI base, Site.Purpose purpose) {
        if (base == null || !known(base) || Site.serves(base.getHost(), purpose)) {
            return true;
        }
        Site site = Site.ofHost(base.getHost());
        settings.fault(
                key,
                variable,
                "is \"" + base + "\", a host of the site " + site + " without " + purpose + "; for " + purpose
                        + " it has " + site.host(purpose));
        return false;
    }

    private static boolean known(URI base) {
        return Site.ofHost(base.getHost()) != null;
    }

    private static boolean testnet(URI base) {
        return Site.TESTNET.has(base.getHost());
    }

    private static String keys(Site site, URI account) {
        Site of = site.has(account.getHost()) ? site : Site.ofHost(account.getHost());
        return of == null ? "" : of.keys();
    }

    /**
     * A base without the part of the path that the connector appends itself. Another path is that of a reverse proxy;
     * the venue's own hosts have none.
     */
    private static URI base(
            ConnectorSettings settings, String key, String variable, URI otherwise, Set<String> schemes) {
        URI given = withoutDot(settings.base(key, variable, otherwise, schemes));
        if (given == null || given.getRawPath() == null || given.getRawPath().isEmpty()) {
            return given;
        }
        String path = "/" + String.join("/", segments(given.getRawPath()));
        var own = OWN_PATH.matcher(path);
        String prefix = own.matches() ? own.group(1) : path.equals("/") ? "" : path;
        if (known(given) && !prefix.isEmpty()
                || Arrays.asList(prefix.toLowerCase(Locale.ROOT).split("/")).contains("v5")) {
            settings.fault(
                    key,
                    variable,
                    "is \"" + given + "\"; it must be a base address without the path " + path
                            + ", which the connector appends itself");
            return otherwise;
        }
        if (own.matches()) {
            settings.warning((variable == null ? key : variable) + " ends with " + path.substring(prefix.length())
                    + ", which the connector appends itself; it is left out");
        }
        return URI.create(given.getScheme() + "://" + given.getRawAuthority() + prefix);
    }

    /** The dot that ends a full name of the DNS is no part of the name in a certificate. */
    private static URI withoutDot(URI base) {
        if (base == null || !base.getHost().endsWith(".")) {
            return base;
        }
        String host = base.getHost().substring(0, base.getHost().length() - 1);
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        return URI.create(base.getScheme() + "://" + host + port + base.getRawPath());
    }

    private static List<String> segments(String path) {
        return Stream.of(path.split("/")).filter(part -> !part.isEmpty()).toList();
    }
}
