package dev.livefeed.exchange.net;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The venue's limits on connections and requests, and those that keep this server alive. Only the I/O thread uses it.
 */
final class Acceptor {

    private static final int CONNECTIONS_PER_WINDOW = 500;
    private static final long CONNECTION_WINDOW_MILLIS = 5 * 60_000;
    private static final int REQUESTS_PER_WINDOW = 600;
    private static final long REQUEST_WINDOW_MILLIS = 5000;

    private static final Duration NEXT_REQUEST = Duration.ofSeconds(120);
    private static final int MAX_QUEUED = 20_000;
    /** Five streams and REST. */
    private static final int KINDS_OF_CONNECTIONS = 6;

    private final int maxConnections;
    private final Duration idleTimeout;
    private final Duration firstRequest;
    private final boolean rateLimits;
    private final SlidingWindowLimit connections =
            new SlidingWindowLimit(CONNECTIONS_PER_WINDOW, CONNECTION_WINDOW_MILLIS);
    private final SlidingWindowLimit requests = new SlidingWindowLimit(REQUESTS_PER_WINDOW, REQUEST_WINDOW_MILLIS);
    private final Map<String, Integer> insideByPath = new HashMap<>();
    private int open;
    private int queued;

    /**
     * @param maxConnections at a time, for each stream on its own
     * @param firstRequest a new connection must have sent a whole request by then
     * @param rateLimits whether new connections and requests are also limited in time
     */
    Acceptor(int maxConnections, Duration idleTimeout, Duration firstRequest, boolean rateLimits) {
        this.maxConnections = maxConnections;
        this.idleTimeout = idleTimeout;
        this.firstRequest = firstRequest;
        this.rateLimits = rateLimits;
    }

    /** Counts any new connection until it closes; false if there are too many of all kinds together. */
    boolean admit(Channel channel) {
        if (open >= KINDS_OF_CONNECTIONS * maxConnections) {
            return false;
        }
        open++;
        channel.closeFuture().addListener(closed -> open--);
        return true;
    }

    /**
     * Counts a request that waits for the answer to the one before it; false if too many do, on all connections
     * together.
     */
    boolean queues() {
        if (queued >= MAX_QUEUED) {
            return false;
        }
        queued++;
        return true;
    }

    /** So many requests wait no longer. */
    void dequeued(int count) {
        queued -= count;
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

    Duration firstRequest() {
        return firstRequest;
    }

    /** A connection must have sent a whole further request by then. */
    Duration nextRequest() {
        return NEXT_REQUEST;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }
}
