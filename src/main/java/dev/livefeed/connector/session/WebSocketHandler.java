package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.Host;
import dev.livefeed.connector.session.access.ExtraHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A WebSocket connection: handshake with a timeout, complete messages, and exactly one close event. */
final class WebSocketHandler extends ChannelInboundHandlerAdapter {

    /** Far larger than the largest known message of the venue, a snapshot of 1,000 levels. */
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;

    private static final AttributeKey<Boolean> SILENT = AttributeKey.valueOf("silent");

    private final int link;
    private final URI uri;
    private final NetworkFeed feed;
    private final Host host;
    private final Duration openTimeout;
    private final WebSocketClientHandshaker handshaker;
    private ScheduledFuture<?> openTimer;
    private boolean secure;
    private boolean open;
    private boolean ended;
    private String reason;
    private int httpStatus;
    private byte[] copy = new byte[0];

    /** Time of the current socket read, microseconds since 1970. */
    private long readAt;

    /** @param headers sent with the handshake */
    WebSocketHandler(int link, URI uri, ExtraHeaders headers, NetworkFeed feed, Host host, Duration openTimeout) {
        this.link = link;
        this.uri = uri;
        this.feed = feed;
        this.host = host;
        this.openTimeout = openTimeout;
        HttpHeaders further = new DefaultHttpHeaders();
        headers.values().forEach(further::set);
        // No extensions: the venue compresses only if the client offers it, and the messages are small.
        this.handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                uri, WebSocketVersion.V13, null, false, further, MAX_MESSAGE, true, false);
    }

    void addTo(ChannelPipeline pipeline, SslHandler ssl) {
        pipeline.addLast(new ReadClock());
        secure = ssl != null;
        if (secure) {
            pipeline.addLast(ssl);
        }
        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(64 * 1024));
        pipeline.addLast("handler", this);
    }

    /** Whether the handshake has completed. */
    boolean opened() {
        return open;
    }

    static void send(Channel channel, String text) {
        channel.writeAndFlush(new TextWebSocketFrame(text), channel.voidPromise());
    }

    static void ping(Channel channel) {
        channel.writeAndFlush(new PingWebSocketFrame(), channel.voidPromise());
    }

    /** Closes the connection without notifying the feed. */
    static void closeSilently(Channel channel) {
        channel.attr(SILENT).set(true);
        if (channel.pipeline().get(HttpClientCodec.class) == null && channel.isActive()) {
            channel.writeAndFlush(new CloseWebSocketFrame(1000, ""));
        }
        channel.close();
    }

    /** Whether the feed has closed the connection, so that no further event is passed to it. */
    static boolean silent(Channel channel) {
        return Boolean.TRUE.equals(channel.attr(SILENT).get());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        openTimer = context.executor()
                .schedule(
                        () -> fail(context, "no WebSocket handshake within " + openTimeout.toMillis() + " ms"),
                        openTimeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        if (!secure) {
            handshaker.handshake(context.channel());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                handshaker.handshake(context.channel());
            } else {
                String cause = ProxyTunnel.describe(context.channel(), tls.cause());
                fail(context, "no TLS connection to " + uri.getHost() + ": " + cause);
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (silent(context.channel())) {
                return;
            }
            if (message instanceof TextWebSocketFrame || message instanceof BinaryWebSocketFrame) {
                // The venue sends text frames. Ignoring binary frames would lose data silently if that ever changed.
                message(((WebSocketFrame) message).content());
            } else if (message instanceof FullHttpResponse response) {
                handshake(context, response);
            } else if (message instanceof PingWebSocketFrame ping) {
                context.channel()
                        .writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
                feed.pinged(link);
            } else if (message instanceof PongWebSocketFrame) {
                feed.pong(link);
            } else if (message instanceof CloseWebSocketFrame close) {
                String text = close.reasonText();
                fail(
                        context,
                        "closed by the other side with " + close.statusCode() + (text.isEmpty() ? "" : " " + text));
            }
        } catch (RuntimeException | Error e) {
            host.crash(e);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void message(ByteBuf content) {
        int length = content.readableBytes();
        if (content.hasArray()) {
            feed.frame(link, content.array(), content.arrayOffset() + content.readerIndex(), length, readAt);
        } else {
            if (copy.length < length) {
                copy = new byte[Math.max(length, copy.length * 2)];
            }
            content.getBytes(content.readerIndex(), copy, 0, length);
            feed.frame(link, copy, 0, length, readAt);
        }
    }

    private void handshake(ChannelHandlerContext context, FullHttpResponse response) {
        if (open) {
            return;
        }
        if (response.status().code() != 101) {
            httpStatus = response.status().code();
            fail(context, "the WebSocket handshake was answered with " + response.status());
            return;
        }
        try {
            handshaker.finishHandshake(context.channel(), response);
        } catch (WebSocketHandshakeException e) {
            fail(context, "the WebSocket handshake failed: " + e.getMessage());
            return;
        }
        openTimer.cancel(false);
        open = true;
        context.pipeline().addBefore("handler", "whole-messages", new WebSocketFrameAggregator(MAX_MESSAGE));
        feed.opened(link, response.headers().contains("X-Synthetic", "true", true));
    }

    /** Called when all messages of one or more socket reads have been handled. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        host.outbox().flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (reason == null) {
            reason = open
                    ? "the connection was closed"
                    : "the connection was closed before the WebSocket handshake completed";
        }
        if (!silent(context.channel())) {
            end();
        }
        cancelTimer();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean inactive = !context.channel().isActive();
        fail(context, ProxyTunnel.describe(context.channel(), cause));
        if (inactive && !silent(context.channel())) {
            // The proxy's handler passes its own failure on instead of the end of the connection.
            end();
        }
    }

    private void fail(ChannelHandlerContext context, String why) {
        if (reason == null) {
            reason = why;
        }
        context.close();
    }

    private void end() {
        if (!ended) {
            ended = true;
            cancelTimer();
            NettyNetwork.notifyFeed(host, () -> feed.closed(link, reason, httpStatus));
        }
    }

    private void cancelTimer() {
        if (openTimer != null) {
            openTimer.cancel(false);
        }
    }

    static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** Records the time of each socket read before its bytes are processed. */
    private final class ReadClock extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            readAt = host.time().micros();
            context.fireChannelRead(message);
        }
    }
}
