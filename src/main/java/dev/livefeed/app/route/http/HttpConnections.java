package dev.livefeed.app.route.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits of the connections to the HTTP servers: their number, which leaves descriptors for connector processes and
 * files, and the time they may take. Thread-safe.
 */
public final class HttpConnections {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnections.class);

    /** Descriptors that are not for connections: pipes of connectors, files, libraries. */
    static final int RESERVED = 64;

    private static final int FEWEST = 4;
    /** How many refused clients at a time are told why. */
    private static final int TOLD = 16;
    /** Bytes of a read, which may have further requests behind the first. */
    private static final int READ_BYTES = 4_096;

    private final int wanted;
    private final int most;
    private final Duration idle;
    private final Duration request;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param connections at most so many at a time
     * @param idle without a request
     * @param request for a whole request
     */
    public HttpConnections(int connections, Duration idle, Duration request) {
        this(connections, idle, request, freeDescriptors());
    }

    HttpConnections(int connections, Duration idle, Duration request, long freeDescriptors) {
        this.idle = idle;
        this.request = request;
        this.wanted = connections;
        most = (int) Math.max(FEWEST, Math.min(connections, freeDescriptors - RESERVED));
    }

    /** Logs whether there are fewer connections than wanted; called once, at the start. */
    public void report() {
        if (most < wanted) {
            LOG.warn(
                    "http_connections_limited connections={} wanted={}: the limit of open files (ulimit -n) leaves no"
                            + " more beside those of connectors; raise it, or set HTTP_CONNECTIONS",
                    most,
                    wanted);
        }
    }

    private static long freeDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    /** The limit of connections at a time. */
    public int most() {
        return most;
    }

    /** Connections that are open. */
    public int open() {
        return open.get();
    }

    /** Connections that were refused because of the limit. */
    public long refused() {
        return refused.get();
    }

    /** Called by the event loop of a new connection, before anything is read from it. */
    void opened(HttpConnection connection, HttpServerOptions options) {
        Channel channel = ((ConnectionBase) connection).channel();
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get("httpDecoder") == null) {
            return; // not HTTP/1.1
        }
        int now = open.incrementAndGet();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (now > most) {
            refuse(channel);
            return;
        }
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1));
        RequestGate gate = new RequestGate(idle, request);
        pipeline.replace("httpDecoder", "httpDecoder", new StrictRequestDecoder(options));
        pipeline.addBefore("httpDecoder", "requestBytes", gate.bytes());
        pipeline.addBefore("handler", "requestGate", gate);
    }

    private void refuse(Channel channel) {
        refused.incrementAndGet();
        if (told.incrementAndGet() > TOLD) {
            told.decrementAndGet();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> told.decrementAndGet());
        channel.pipeline().addBefore("httpDecoder", "refused", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object part) {
                ReferenceCountUtil.release(part);
            }
        });
        RawResponse.send(channel, HttpResponseStatus.SERVICE_UNAVAILABLE);
    }
}
