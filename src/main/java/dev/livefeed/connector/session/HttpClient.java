package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.Host;
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

/** GET requests over connections that are kept for the next one; each connection carries one request at a time. */
final class HttpClient {

    /** Far more than 1,000 trades or instruments take. */
    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    private static final int IDLE_SECONDS = 10;

    private final HostDialer dialer;
    private final Duration connectLimit;
    private final Tls tls;
    private final Host host;
    private final NetworkFeed feed;
    private final Duration answerLimit;
    private final Map<String, Deque<Connection>> idle = new HashMap<>();
    private final Set<Connection> open = new HashSet<>();

    /** Makes TLS handlers. */
    interface Tls {

        SslHandler handler(URI uri) throws SSLException;
    }

    /**
     * @param answerLimit a connection whose answer is not whole by then is closed: one that comes byte by byte would
     *     hold it for ever
     */
    HttpClient(HostDialer dialer, Duration connectLimit, Tls tls, Host host, NetworkFeed feed, Duration answerLimit) {
        this.dialer = dialer;
        this.connectLimit = connectLimit;
        this.tls = tls;
        this.host = host;
        this.feed = feed;
        this.answerLimit = answerLimit;
    }

    void get(int request, URI uri) {
        Deque<Connection> kept = idle.computeIfAbsent(uri.getScheme() + uri.getAuthority(), key -> new ArrayDeque<>());
        for (Connection connection = kept.poll(); connection != null; connection = kept.poll()) {
            if (connection.channel.isActive()) {
                connection.send(request, uri);
                return;
            }
        }
        dialer.dial(uri, connectLimit, new Asking(request, uri, kept));
    }

    /** Ends every connection; who waits for an answer hears nothing more. */
    void end() {
        List.copyOf(open).forEach(connection -> {
            connection.busy = false;
            connection.channel.close();
        });
    }

    /** A request whose connection is being made. */
    private final class Asking implements HostDialer.Caller {

        private final int request;
        private final URI uri;
        private final Deque<Connection> kept;

        Asking(int request, URI uri, Deque<Connection> kept) {
            this.request = request;
            this.uri = uri;
            this.kept = kept;
        }

        @Override
        public void prepare(Channel channel) throws SSLException {
            if (uri.getScheme().equalsIgnoreCase("https")) {
                channel.pipeline().addLast(tls.handler(uri));
            }
            Connection connection = new Connection(kept, channel);
            channel.pipeline()
                    .addLast(
                            new HttpClientCodec(),
                            new HttpContentDecompressor(0),
                            new HttpObjectAggregator(LARGEST_BODY),
                            new IdleStateHandler(0, 0, IDLE_SECONDS),
                            connection);
        }

        @Override
        public void connected(Channel channel) {
            channel.pipeline().get(Connection.class).send(request, uri);
        }

        @Override
        public void failed(String reason) {
            tell(() -> feed.unanswered(request, "cannot connect to " + uri.getHost() + ": " + reason));
        }
    }

    private void tell(Runnable word) {
        NettyNetwork.tell(host, word);
    }

    /** One connection, idle or with one request under way. */
    private final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final Deque<Connection> kept;
        private final Channel channel;
        private int request;
        private boolean busy;
        private ScheduledFuture<?> limit;

        Connection(Deque<Connection> kept, Channel channel) {
            this.kept = kept;
            this.channel = channel;
            open.add(this);
            channel.closeFuture().addListener(closed -> open.remove(this));
        }

        void send(int number, URI uri) {
            request = number;
            busy = true;
            String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery());
            FullHttpRequest get = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
            get.headers().set(HttpHeaderNames.HOST, uri.getAuthority());
            get.headers().set(HttpHeaderNames.USER_AGENT, "bybit-live-connector");
            channel.writeAndFlush(get);
            limit = channel.eventLoop().schedule(this::overdue, answerLimit.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void overdue() {
            channel.close();
            failed("no whole answer within " + answerLimit.toMillis() + " ms");
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
            limit.cancel(false);
            byte[] body = new byte[response.content().readableBytes()];
            response.content().readBytes(body);
            HttpAnswer answer = new HttpAnswer(
                    response.status().code(),
                    number(response.headers().get("X-Bapi-Limit-Reset-Timestamp")),
                    response.headers().get(HttpHeaderNames.RETRY_AFTER),
                    body);
            if (HttpUtil.isKeepAlive(response)) {
                kept.push(this);
            } else {
                context.close();
            }
            tell(() -> feed.answered(request, answer));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent) {
                context.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            kept.remove(this);
            failed("the connection ended before the answer");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
            failed(WebSocketHandler.describe(cause));
        }

        private void failed(String reason) {
            if (busy) {
                busy = false;
                limit.cancel(false);
                tell(() -> feed.unanswered(request, reason));
            }
        }

        private static long number(String text) {
            try {
                return text == null ? 0 : Long.parseLong(text.strip());
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }
}
