package dev.livefeed.app.route.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    /** Bytes of a read, which may have further requests behind the first. */
    private static final int READ_BYTES = 4_096;

    private final int wanted;
    private final int most;
    private final int mostOfClient;
    private final Duration idle;
    private final Duration request;
    private final Map<String, Integer> byClient = new HashMap<>();
    private final ConnectionReserve reserve = new ConnectionReserve();
    private volatile int open;

    /**
     * @param connections at most so many at a time
     * @param ofClient the most connections of one address at a time
     * @param idle without a request
     * @param request for a whole request
     */
    public HttpConnections(int connections, int ofClient, Duration idle, Duration request) {
        this(connections, ofClient, idle, request, freeDescriptors());
    }

    HttpConnections(int connections, int ofClient, Duration idle, Duration request, long freeDescriptors) {
        this.idle = idle;
        this.request = request;
        this.wanted = connections;
        most = (int) Math.max(FEWEST, Math.min(connections, freeDescriptors - RESERVED));
        // The same share of what there is.
        mostOfClient = (int) Math.max(1, Math.min(most, (long) ofClient * most / connections));
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

    /** The limit of connections of one address at a time. */
    int mostOfClient() {
        return mostOfClient;
    }

    /** The limit of connections at a time. */
    public int most() {
        return most;
    }

    /** Connections that are open. */
    public int open() {
        return open;
    }

    /** Connections that were refused because of the limit. */
    public long refused() {
        return reserve.refused();
    }

    /** Called by the event loop of a new connection, before anything is read from it. */
    void opened(HttpConnection connection, HttpServerOptions options) {
        Channel channel = ((ConnectionBase) connection).channel();
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get("httpDecoder") == null) {
            return; // not HTTP/1.1
        }
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1));
        pipeline.replace("httpDecoder", "httpDecoder", new StrictRequestDecoder(options));
        String client = channel.remoteAddress() instanceof InetSocketAddress address
                ? LoginGuard.network(address.getAddress().getHostAddress())
                : "";
        if (!enter(client)) {
            reserve.take(channel);
            return;
        }
        channel.closeFuture().addListener(closed -> leave(client));
        RequestGate gate = new RequestGate(idle, request);
        pipeline.addBefore("httpDecoder", "requestBytes", gate.bytes());
        pipeline.addBefore("handler", "requestGate", gate);
    }

    private synchronized boolean enter(String client) {
        if (open >= most || byClient.getOrDefault(client, 0) >= mostOfClient) {
            return false;
        }
        open++;
        byClient.merge(client, 1, Integer::sum);
        return true;
    }

    private synchronized void leave(String client) {
        open--;
        byClient.merge(client, -1, (before, change) -> before + change == 0 ? null : before + change);
    }
}
