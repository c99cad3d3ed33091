package dev.livefeed.app.route.http.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of connections that have become streams: what is written to their clients does not delay requests.
 */
final class StreamLoops implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamLoops.class);

    private static final int THREADS = 2;

    /** Bytes that the kernel holds for a client; it doubles them. Without a limit it may hold megabytes. */
    private static final int SOCKET_BYTES = 128 * 1024;

    /** Bytes that Netty holds for a client before it waits for the socket. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(16 * 1024, 48 * 1024);

    private final EventLoopGroup loops = new NioEventLoopGroup(THREADS, new DefaultThreadFactory("stream-io", true));

    /**
     * Moves a connection here; called by its present event loop. A connection that cannot be moved is closed.
     *
     * @param moved called by the new event loop
     */
    void take(Channel channel, Runnable moved) {
        try {
            channel.config().setAutoRead(false);
            channel.config().setWriteBufferWaterMark(WATER_MARKS);
            channel.config().setOption(ChannelOption.SO_SNDBUF, SOCKET_BYTES);
        } catch (ChannelException e) {
            channel.close(); // its client was faster
            return;
        }
        EventLoop loop = loops.next();
        channel.deregister().addListener(left -> {
            if (!left.isSuccess()) {
                LOG.warn("stream_failed reason=\"a connection cannot leave its event loop\"", left.cause());
                channel.close();
                return;
            }
            loop.register(channel).addListener(registered -> {
                if (registered.isSuccess()) {
                    moved.run();
                    channel.config().setAutoRead(true);
                }
                // Else the channel has been closed: its client was faster.
            });
        });
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
