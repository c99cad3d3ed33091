package dev.livefeed.exchange.net;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connected streams and says who may still come in. */
final class Door {

    private final int maxConnections;
    private final Duration idleTimeout;
    private final AtomicInteger inside = new AtomicInteger();

    Door(int maxConnections, Duration idleTimeout) {
        this.maxConnections = maxConnections;
        this.idleTimeout = idleTimeout;
    }

    /** Counts the channel until it closes; false if there are too many. */
    boolean enter(Channel channel) {
        if (inside.incrementAndGet() > maxConnections) {
            inside.decrementAndGet();
            return false;
        }
        channel.closeFuture().addListener(closed -> inside.decrementAndGet());
        return true;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }
}
