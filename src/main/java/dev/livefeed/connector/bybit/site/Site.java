package dev.livefeed.connector.bybit.site;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A site of the venue, with hosts and keys of its own.
 *
 * <p>Hosts as in the venue's documentation: REST in {@code v5/guide}, streams in {@code v5/ws/connect}, the demo site
 * in {@code v5/demo}. No stream hosts are documented for the Netherlands and the Emirates: theirs are the global
 * ones. The demo site has no public streams of its own.
 */
public enum Site {
    GLOBAL("stream.bybit.com", "stream.bybit.com", "api.bybit.com", "www.bybit.com"),
    EU("stream.bybit.eu", "stream.bybit.eu", "api.bybit.eu", "www.bybit.eu"),
    NL("stream.bybit.com", "stream.bybit.com", "api.bybit.nl", "www.bybit.nl"),
    TR("stream.bybit.tr", "stream.bybit.tr", "api.bybit.tr", "www.bybit.tr"),
    KZ("stream.bybit.kz", "stream.bybit.kz", "api.bybit.kz", "www.bybit.kz"),
    GE("stream.bybitgeorgia.ge", "stream.bybitgeorgia.ge", "api.bybitgeorgia.ge", "www.bybitgeorgia.ge"),
    AE("stream.bybit.com", "stream.bybit.com", "api.bybit.ae", "www.bybit.ae"),
    DEMO(
            "stream.bybit.com",
            "stream-demo.bybit.com",
            "api-demo.bybit.com",
            "www.bybit.com after switching to Demo Trading"),
    TESTNET("stream-testnet.bybit.com", "stream-testnet.bybit.com", "api-testnet.bybit.com", "testnet.bybit.com");

    /** Another name of the global REST host. */
    private static final String GLOBAL_ALIAS = "api.bytick.com";

    private static final String STREAM_ALIAS = "stream.bytick.com";

    private final String publicHost;
    private final String privateHost;
    private final String restHost;
    private final String page;

    /** What a host serves. */
    enum Purpose {
        PUBLIC_STREAM("public streams"),
        PRIVATE_STREAM("the account's stream"),
        REST("REST");

        private final String text;

        Purpose(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    Site(String publicHost, String privateHost, String restHost, String page) {
        this.publicHost = publicHost;
        this.privateHost = privateHost;
        this.restHost = restHost;
        this.page = page;
    }

    /** The values of the setting. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Site::toString).toList();
    }

    /** The site of that name, one of {@link #names}. */
    public static Site of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The first site that a host belongs to, or null if it is none of the venue's. */
    static Site ofHost(String host) {
        return Arrays.stream(values())
                .filter(site -> site.has(host))
                .findFirst()
                .orElse(null);
    }

    /** Whether the host is one of this site's. */
    boolean has(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return List.of(publicHost, privateHost, restHost).contains(name)
                || (this == GLOBAL && (name.equals(GLOBAL_ALIAS) || name.equals(STREAM_ALIAS)));
    }

    /** Whether a host of the venue serves the purpose on any of the sites. */
    static boolean serves(String host, Purpose purpose) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(purpose == Purpose.REST ? GLOBAL_ALIAS : STREAM_ALIAS)
                || Arrays.stream(values()).anyMatch(site -> name.equals(site.host(purpose)));
    }

    String host(Purpose purpose) {
        return switch (purpose) {
            case PUBLIC_STREAM -> publicHost;
            case PRIVATE_STREAM -> privateHost;
            case REST -> restHost;
        };
    }

    public URI publicStream() {
        return URI.create("wss://" + publicHost);
    }

    public URI privateStream() {
        return URI.create("wss://" + privateHost);
    }

    public URI rest() {
        return URI.create("https://" + restHost);
    }

    /** Which keys belong to this site. */
    public String keys() {
        return "these are the hosts of the site " + this + ", whose keys are made at " + page
                + "; for keys of another site set BYBIT_SITE";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
