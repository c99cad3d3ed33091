package dev.livefeed.app.sink.redis;

import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Redis server and the login for it. */
public final class RedisAddress {

    private static final String RULE =
            "SINKS names redis, so it must be a URL such as redis://127.0.0.1:6379/0, or rediss:// for TLS";
    private static final int MAX_PORT = 65_535;
    private static final int CONNECT_MILLIS = 5_000;
    /** More than a batch with the commands around it. */
    private static final int MAX_WAITING = 20_000;

    private final String url;
    private final String user;
    private final String password;

    /** @param password empty: that of the URL, if it has one; user empty: the default one */
    public RedisAddress(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /**
     * Checks a URL.
     *
     * @throws IllegalArgumentException with the rule
     */
    public static void check(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null
                    && uri.getPort() <= MAX_PORT
                    && List.of("redis", "rediss").contains(uri.getScheme())
                    && uri.getPath().matches("/?|/\\d{1,3}")) {
                return;
            }
        } catch (URISyntaxException e) {
            // Reported below with the rule.
        }
        throw new IllegalArgumentException(RULE);
    }

    RedisOptions options() {
        RedisOptions options = new RedisOptions()
                .setConnectionString(withLogin())
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(MAX_WAITING)
                .setProtocolNegotiation(false);
        options.getNetClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setTcpKeepAlive(true)
                .setHostnameVerificationAlgorithm("HTTPS");
        return options;
    }

    private String withLogin() {
        if (password.isEmpty()) {
            return url;
        }
        int host = url.indexOf("//") + 2;
        return url.substring(0, host)
                + encoded(user)
                + ':'
                + encoded(password)
                + '@'
                + url.substring(Math.max(host, url.lastIndexOf('@') + 1));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
