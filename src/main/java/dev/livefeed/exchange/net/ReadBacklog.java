package dev.livefeed.exchange.net;

import io.netty.channel.Channel;

/**
 * The unsent bytes of all clients together, so that many slow clients cannot exhaust the heap while each is below its
 * own limit. Used by the I/O thread only.
 */
final class ReadBacklog {

    /** A client with fewer unsent bytes is not slow. */
    private static final long SLOW_BYTES = 64 * 1024;

    private final long limit;
    private long total;

    /** @param limit bytes of all clients together */
    ReadBacklog(long limit) {
        this.limit = limit;
    }

    /** The share of a client, released when its channel closes. */
    Share share(Channel channel) {
        Share share = new Share();
        channel.closeFuture().addListener(closed -> share.exceedsLimit(0));
        return share;
    }

    /** The unsent bytes of one client. */
    final class Share {

        private long bytes;

        /** Updates the unsent bytes of the client; true if it must be closed because of them. */
        boolean exceedsLimit(long waiting) {
            total += waiting - bytes;
            bytes = waiting;
            return total > limit && bytes > SLOW_BYTES;
        }
    }
}
