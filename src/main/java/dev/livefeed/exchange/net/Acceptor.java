package dev.livefeed.exchange.net;

import dev.livefeed.exchange.engine.ConnectionLimits;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The limits of the venues on connections, and of Bybit on requests, and the limits that protect this server. Used by
 * the I/O thread only.
 */
final class Acceptor {

    private static final int CONNECTIONS_PER_WINDOW = 500;
    private static final int BINANCE_CONNECTIONS_PER_WINDOW = 300;
    private static final long CONNECTION_WINDOW_MILLIS = 5 * 60_000;
    private static final int REQUESTS_PER_WINDOW = 600;
    private static final long REQUEST_WINDOW_MILLIS = 5000;

    private static final Duration NEXT_REQUEST_TIMEOUT = Duration.ofSeconds(120);
    private static final int MAX_QUEUED_REQUESTS = 20_000;
    /** Six streams and REST. */
    private static final int CONNECTION_KINDS = 7;

    private final ConnectionLimits limits;
    private final SlidingWindowLimit connections =
            new SlidingWindowLimit(CONNECTIONS_PER_WINDOW, CONNECTION_WINDOW_MILLIS);
    private final SlidingWindowLimit binanceConnections =
            new SlidingWindowLimit(BINANCE_CONNECTIONS_PER_WINDOW, CONNECTION_WINDOW_MILLIS);
    private final SlidingWindowLimit requests = new SlidingWindowLimit(REQUESTS_PER_WINDOW, REQUEST_WINDOW_MILLIS);
    private final Map<String, Integer> openByPath = new HashMap<>();
    private int open;
    private int queued;

    Acceptor(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Counts a connection of any kind until it closes; false if too many are open. */
    boolean admit(Channel channel) {
        if (open >= CONNECTION_KINDS * limits.maxConnections()) {
            return false;
        }
        open++;
        channel.closeFuture().addListener(closed -> open--);
        return true;
    }

    /**
     * Counts a pipelined request that waits for the answer to the previous one; false if too many wait, on all
     * connections together.
     */
    boolean tryQueue() {
        if (queued >= MAX_QUEUED_REQUESTS) {
            return false;
        }
        queued++;
        return true;
    }

    /** Uncounts requests that no longer wait. */
    void dequeued(int count) {
        queued -= count;
    }

    /** Counts a connection of a stream until it closes; false if too many are open or opened too fast. */
    boolean admitStream(Channel channel, String path, boolean binance) {
        SlidingWindowLimit attempts = binance ? binanceConnections : connections;
        boolean tooOften = limits.rateLimits() && !attempts.tryAcquire(System.nanoTime());
        if (tooOften || openByPath.getOrDefault(path, 0) >= limits.maxConnections()) {
            return false;
        }
        openByPath.merge(path, 1, Integer::sum);
        channel.closeFuture()
                .addListener(closed -> openByPath.computeIfPresent(path, (name, open) -> open == 1 ? null : open - 1));
        return true;
    }

    /** Whether a REST request is within the rate limit of Bybit; that of Binance is on weights. */
    boolean allowsRequest() {
        return !limits.rateLimits() || requests.tryAcquire(System.nanoTime());
    }

    Duration firstRequestTimeout() {
        return limits.requestTimeout();
    }

    /** Time for a further complete request on a kept-alive connection. */
    Duration nextRequestTimeout() {
        return NEXT_REQUEST_TIMEOUT;
    }

    Duration idleTimeout() {
        return limits.idleTimeout();
    }
}
