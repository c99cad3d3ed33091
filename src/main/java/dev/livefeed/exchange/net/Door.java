package dev.livefeed.exchange.net;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The venue's limits on connections and requests. Only the I/O thread uses it. */
final class Door {

    private static final int CONNECTIONS_PER_WINDOW = 500;
    private static final long CONNECTION_WINDOW_MILLIS = 5 * 60_000;
    private static final int REQUESTS_PER_WINDOW = 600;
    private static final long REQUEST_WINDOW_MILLIS = 5000;

    private final int maxConnections;
    private final Duration idleTimeout;
    private final boolean rateLimits;
    private final RateWindow connections = new RateWindow(CONNECTIONS_PER_WINDOW, CONNECTION_WINDOW_MILLIS);
    private final RateWindow requests = new RateWindow(REQUESTS_PER_WINDOW, REQUEST_WINDOW_MILLIS);
    private final Map<String, Integer> insideByPath = new HashMap<>();

    /**
     * @param maxConnections at a time, for each stream on its own
     * @param rateLimits whether new connections and requests are also limited in time
     */
    Door(int maxConnections, Duration idleTimeout, boolean rateLimits) {
        this.maxConnections = maxConnections;
        this.idleTimeout = idleTimeout;
        this.rateLimits = rateLimits;
    }

    /** Counts the channel until it closes; false if there are too many. */
    boolean enter(Channel channel, String path) {
        boolean tooOften = rateLimits && !connections.allows(System.nanoTime());
        if (tooOften || insideByPath.getOrDefault(path, 0) >= maxConnections) {
            return false;
        }
        insideByPath.merge(path, 1, Integer::sum);
        channel.closeFuture().addListener(closed -> insideByPath.merge(path, -1, Integer::sum));
        return true;
    }

    /** Whether a REST request may be answered. */
    boolean serves() {
        return !rateLimits || requests.allows(System.nanoTime());
    }

    Duration idleTimeout() {
        return idleTimeout;
    }
}
