package dev.livefeed.connector.session.access;

import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.naming.OneLine;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which proxy reaches which host.
 *
 * <p>The connector's own setting applies to all hosts. Without it, the usual variables count: {@code HTTPS_PROXY} for
 * TLS, {@code HTTP_PROXY} for the rest, {@code ALL_PROXY} for both, in capitals or small letters; then loopback hosts
 * and those of {@code NO_PROXY} are reached directly.
 */
public final class Proxies {

    /** No proxy. */
    public static final Proxies NONE = new Proxies(null, null, ProxyBypass.NONE, false);

    private static final String NONE_WORD = "none";
    private static final String DEFAULT = "environment";

    private final ProxyAddress secure;
    private final ProxyAddress plain;
    private final ProxyBypass bypass;
    private final boolean ofEnvironment;

    private Proxies(ProxyAddress secure, ProxyAddress plain, ProxyBypass bypass, boolean ofEnvironment) {
        this.secure = secure;
        this.plain = plain;
        this.bypass = bypass;
        this.ofEnvironment = ofEnvironment;
    }

    /** @param variable of the connector's own setting, whose key is {@code proxy} */
    static Proxies read(ConnectorSettings settings, String variable) {
        String own = settings.hiddenText("proxy", variable, DEFAULT);
        if (own.equalsIgnoreCase(NONE_WORD)) {
            return NONE;
        }
        if (!own.equalsIgnoreCase(DEFAULT)) {
            ProxyAddress proxy = proxy(settings, "proxy", variable, own, variable);
            return new Proxies(proxy, proxy, ProxyBypass.NONE, false);
        }
        Map<String, ProxyAddress> read = new HashMap<>();
        ProxyAddress secure = ofVariables(settings, read, "HTTPS_PROXY", "ALL_PROXY");
        ProxyAddress plain = ofVariables(settings, read, "HTTP_PROXY", "ALL_PROXY");
        List<String> invalid = new ArrayList<>();
        String direct = settings.hiddenVariable("no_proxy");
        String list = direct == null ? settings.hiddenVariable("NO_PROXY") : direct;
        ProxyBypass bypass = ProxyBypass.parse(list == null ? "" : list, invalid);
        if (!invalid.isEmpty()) {
            settings.warning("NO_PROXY holds " + invalid.size() + " entries that are neither host, address nor network;"
                    + " they are ignored: " + shown(invalid));
        }
        return new Proxies(secure, plain, bypass, true);
    }

    /**
     * The proxy of the first variable that is set.
     *
     * @param read those that were read before, null for one that is not valid or says none
     */
    private static ProxyAddress ofVariables(
            ConnectorSettings settings, Map<String, ProxyAddress> read, String... names) {
        String first = null;
        for (String name : names) {
            for (String variable : List.of(name.toLowerCase(Locale.ROOT), name)) {
                // Each is asked for, so that none counts as unknown.
                String value = settings.hiddenVariable(variable);
                if (first != null || value == null) {
                    continue;
                }
                first = variable;
                if (!read.containsKey(variable)) {
                    boolean none = value.equalsIgnoreCase(NONE_WORD);
                    read.put(variable, none ? null : proxy(settings, variable, variable, value, variable));
                }
            }
        }
        return read.get(first);
    }

    private static ProxyAddress proxy(
            ConnectorSettings settings, String key, String variable, String value, String source) {
        try {
            return ProxyAddress.parse(value, source);
        } catch (IllegalArgumentException e) {
            settings.fault(key, variable, "is no proxy: " + e.getMessage() + "; " + ProxyAddress.RULE + ", or none");
            return null;
        }
    }

    private static String shown(List<String> entries) {
        String text = OneLine.of(String.join(", ", entries));
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    /** The proxy for the URI's host, or null if it is reached directly. */
    public ProxyAddress of(URI uri) {
        ProxyAddress proxy = configured(uri);
        return proxy == null || (ofEnvironment && (loopback(uri) || bypass.matches(host(uri), port(uri))))
                ? null
                : proxy;
    }

    /** One line on how the host is reached, or null if no proxy is configured for it. */
    public String describe(URI uri) {
        ProxyAddress proxy = configured(uri);
        if (proxy == null) {
            return null;
        }
        if (of(uri) != null) {
            return uri.getHost() + " is reached through the " + proxy;
        }
        return uri.getHost() + " is reached without the " + proxy
                + (loopback(uri) ? ": it is a loopback host" : ": NO_PROXY lists it");
    }

    private ProxyAddress configured(URI uri) {
        return secure(uri) ? secure : plain;
    }

    private static boolean secure(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("wss") || scheme.equals("https");
    }

    private static boolean loopback(URI uri) {
        String host = host(uri).toLowerCase(Locale.ROOT);
        InetAddress address = ProxyBypass.address(host);
        return address == null
                ? host.equals("localhost") || host.endsWith(".localhost")
                : address.isLoopbackAddress() || address.isAnyLocalAddress();
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : secure(uri) ? 443 : 80;
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return "Proxies[" + secure + ", " + plain + ']';
    }
}
