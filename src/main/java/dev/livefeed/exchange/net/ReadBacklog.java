package dev.livefeed.exchange.net;

import io.netty.channel.Channel;

/**
 * What waits to be read by all clients together, so that many slow ones cannot fill the memory although each stays
 * below its own limit. Only the I/O thread uses it.
 */
final class ReadBacklog {

    /** A client for which less waits is not slow. */
    private static final long LITTLE = 64 * 1024;

    private final long limit;
    private long total;

    /** @param limit bytes */
    ReadBacklog(long limit) {
        this.limit = limit;
    }

    /** One client's share, which ends with its channel. */
    Share share(Channel channel) {
        Share share = new Share();
        channel.closeFuture().addListener(closed -> share.isTooMuch(0));
        return share;
    }

    /** What waits for one client. */
    final class Share {

        private long bytes;

        /** Notes how many bytes wait for the client now; whether it has to go because of them. */
        boolean isTooMuch(long waiting) {
            total += waiting - bytes;
            bytes = waiting;
            return total > limit && bytes > LITTLE;
        }
    }
}
