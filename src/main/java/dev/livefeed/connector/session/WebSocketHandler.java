package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.Host;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
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

/** One WebSocket connection: its handshake with a time limit, its messages, its end told once. */
final class WebSocketHandler extends ChannelInboundHandlerAdapter {

    /** More than the longest known message of the venue, a snapshot of 1,000 levels, by far. */
    private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

    private static final AttributeKey<Boolean> SILENT = AttributeKey.valueOf("silent");

    private final int link;
    private final URI uri;
    private final NetworkFeed feed;
    private final Host host;
    private final Duration openLimit;
    private final WebSocketClientHandshaker handshaker;
    private ScheduledFuture<?> openTimer;
    private boolean open;
    private boolean ended;
    private String reason;
    private int httpStatus;
    private byte[] copy = new byte[0];

    /** Microseconds since 1970 of the socket read whose messages are being handled. */
    private long readAt;

    WebSocketHandler(int link, URI uri, NetworkFeed feed, Host host, Duration openLimit) {
        this.link = link;
        this.uri = uri;
        this.feed = feed;
        this.host = host;
        this.openLimit = openLimit;
        // No extensions: the venue compresses only where it is offered, and the data is small.
        this.handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                uri, WebSocketVersion.V13, null, false, new DefaultHttpHeaders(), LARGEST_MESSAGE, true, false);
    }

    void addTo(ChannelPipeline pipeline, SslHandler ssl) {
        pipeline.addLast(new ReadClock());
        if (ssl != null) {
            pipeline.addLast(ssl);
        }
        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(64 * 1024));
        pipeline.addLast("handler", this);
    }

    /** Whether the handshake was done. */
    boolean opened() {
        return open;
    }

    static void send(Channel channel, String text) {
        channel.writeAndFlush(new TextWebSocketFrame(text), channel.voidPromise());
    }

    static void ping(Channel channel) {
        channel.writeAndFlush(new PingWebSocketFrame(), channel.voidPromise());
    }

    /** Closes without a word to the feed. */
    static void closeSilently(Channel channel) {
        channel.attr(SILENT).set(true);
        if (channel.pipeline().get(HttpClientCodec.class) == null && channel.isActive()) {
            channel.writeAndFlush(new CloseWebSocketFrame(1000, ""));
        }
        channel.close();
    }

    /** Whether the feed itself has closed it, and wants to hear nothing more of it. */
    static boolean silent(Channel channel) {
        return Boolean.TRUE.equals(channel.attr(SILENT).get());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        openTimer = context.executor()
                .schedule(
                        () -> fail(context, "no WebSocket handshake within " + openLimit.toMillis() + " ms"),
                        openLimit.toMillis(),
                        TimeUnit.MILLISECONDS);
        if (context.pipeline().get(SslHandler.class) == null) {
            handshaker.handshake(context.channel());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                handshaker.handshake(context.channel());
            } else {
                fail(context, "no TLS connection to " + uri.getHost() + ": " + describe(tls.cause()));
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
                // The venue sends text. Were it to send the same as bytes, leaving that out would lose it without a
                // trace.
                message(((WebSocketFrame) message).content());
            } else if (message instanceof FullHttpResponse response) {
                handshake(context, response);
            } else if (message instanceof PingWebSocketFrame ping) {
                context.channel()
                        .writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
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
        context.pipeline().addBefore("handler", "whole-messages", new WebSocketFrameAggregator(LARGEST_MESSAGE));
        feed.opened(link, response.headers().contains("X-Synthetic", "true", true));
    }

    /** All messages of one or more socket reads have been handled. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        host.outbox().flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (reason == null) {
            reason = open ? "the connection ended" : "the connection ended before the WebSocket handshake was done";
        }
        if (!silent(context.channel())) {
            end();
        }
        cancelTimer();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, describe(cause));
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
            NettyNetwork.tell(host, () -> feed.closed(link, reason, httpStatus));
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

    /** Notes the time of each socket read, before anything else is done with its bytes. */
    private final class ReadClock extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            readAt = host.time().micros();
            context.fireChannelRead(message);
        }
    }
}
