package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.Host;
import dev.livefeed.connector.session.access.ExtraHeaders;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Sends GET requests over pooled connections. A connection carries one request at a time. */
final class HttpClient {

    /** Larger than a list of all instruments of a venue. */
    private static final int MAX_BODY = 32 * 1024 * 1024;

    private static final int IDLE_SECONDS = 10;

    private final NettyNetwork network;
    private final Duration connectTimeout;
    private final ExtraHeaders headers;
    private final Host host;
    private final NetworkFeed feed;
    private final Duration responseTimeout;
    private final Map<String, Deque<Connection>> idle = new HashMap<>();
    private final Set<Connection> open = new HashSet<>();

    /**
     * @param responseTimeout a connection is closed if its response is not complete by then, even while data arrives
     */
    HttpClient(
            NettyNetwork network,
            Duration connectTimeout,
            ExtraHeaders headers,
            Host host,
            NetworkFeed feed,
            Duration responseTimeout) {
        this.network = network;
        this.connectTimeout = connectTimeout;
        this.headers = headers;
        this.host = host;
        this.feed = feed;
        this.responseTimeout = responseTimeout;
    }

    void get(int request, URI uri) {
        Deque<Connection> pool = idle.computeIfAbsent(uri.getScheme() + uri.getAuthority(), key -> new ArrayDeque<>());
        for (Connection connection = pool.poll(); connection != null; connection = pool.poll()) {
            if (connection.channel.isActive()) {
                connection.send(request, uri);
                return;
            }
        }
        PendingRequest pending = new PendingRequest(request, uri, pool);
        pending.dial = network.dial(uri, connectTimeout, pending);
    }

    /** Closes all connections. Pending requests are not reported as unanswered. */
    void end() {
        List.copyOf(open).forEach(connection -> {
            connection.busy = false;
            connection.channel.close();
        });
    }

    /** A request that waits for its connection. */
    private final class PendingRequest implements HostDialer.Caller {

        private final int request;
        private final URI uri;
        private final Deque<Connection> pool;
        private HostDialer.Dial dial;

        PendingRequest(int request, URI uri, Deque<Connection> pool) {
            this.request = request;
            this.uri = uri;
            this.pool = pool;
        }

        @Override
        public void prepare(Channel channel, InetSocketAddress proxyAddress) throws SSLException {
            network.addProxy(channel.pipeline(), uri, proxyAddress);
            SslHandler ssl = network.sslHandler(uri);
            if (ssl != null) {
                channel.pipeline().addLast(ssl);
            }
            Connection connection = new Connection(pool, channel, dial);
            channel.pipeline()
                    .addLast(
                            new HttpClientCodec(),
                            new HttpContentDecompressor(0),
                            new HttpObjectAggregator(MAX_BODY),
                            new IdleStateHandler(0, 0, IDLE_SECONDS),
                            connection);
        }

        @Override
        public void connected(Channel channel) {
            channel.pipeline().get(Connection.class).send(request, uri);
        }

        @Override
        public void failed(String reason) {
            notifyFeed(() -> feed.unanswered(request, "cannot connect to " + uri.getHost() + ": " + reason));
        }
    }

    private void notifyFeed(Runnable event) {
        NettyNetwork.notifyFeed(host, event);
    }

    /** A connection, idle or with one pending request. */
    private final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final Deque<Connection> pool;
        private final Channel channel;
        private final HostDialer.Dial dial;
        private int request;
        private boolean busy;
        private boolean answered;
        private ScheduledFuture<?> timeout;

        Connection(Deque<Connection> pool, Channel channel, HostDialer.Dial dial) {
            this.pool = pool;
            this.channel = channel;
            this.dial = dial;
            open.add(this);
            channel.closeFuture().addListener(closed -> open.remove(this));
        }

        void send(int newRequest, URI uri) {
            request = newRequest;
            busy = true;
            String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery());
            FullHttpRequest get = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
            get.headers().set(HttpHeaderNames.HOST, uri.getAuthority());
            get.headers().set(HttpHeaderNames.USER_AGENT, "bybit-live-connector");
            headers.values().forEach(get.headers()::set);
            channel.writeAndFlush(get);
            timeout = channel.eventLoop().schedule(this::timedOut, responseTimeout.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void timedOut() {
            channel.close();
            failed("no complete response within " + responseTimeout.toMillis() + " ms");
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            if (!busy) {
                return;
            }
            if (response.decoderResult().isFailure()) {
                // It may be incomplete, and nothing more can be read from this connection.
                context.close();
                failed(WebSocketHandler.describe(response.decoderResult().cause()));
                return;
            }
            busy = false;
            answered = true;
            timeout.cancel(false);
            byte[] body = new byte[response.content().readableBytes()];
            response.content().readBytes(body);
            HttpAnswer answer = new HttpAnswer(
                    response.status().code(),
                    whole(response.headers().get("X-Bapi-Limit-Reset-Timestamp"), 0),
                    response.headers().get(HttpHeaderNames.RETRY_AFTER),
                    (int) Math.min(Integer.MAX_VALUE, whole(response.headers().get("X-MBX-USED-WEIGHT-1M"), -1)),
                    body);
            if (HttpUtil.isKeepAlive(response)) {
                pool.push(this);
            } else {
                context.close();
            }
            notifyFeed(() -> feed.answered(request, answer));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent) {
                context.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            pool.remove(this);
            failed("the connection was closed before the response was complete");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
            failed(ProxyTunnel.describe(channel, cause));
        }

        private void failed(String reason) {
            if (busy) {
                busy = false;
                timeout.cancel(false);
                if (!answered) {
                    dial.avoid();
                }
                notifyFeed(() -> feed.unanswered(request, reason));
            }
        }

        private static long whole(String text, long otherwise) {
            try {
                return text == null ? otherwise : Long.parseLong(text.strip());
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }
    }
}
