package dev.livefeed.exchange.net;

import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.stream.StreamSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A WebSocket connection: passes the client's frames to the market thread in order and closes an idle or flooding
 * client.
 */
final class WebSocketServerHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final int MAX_REQUESTS_WAITING = 2000;
    private static final int MAX_BYTES_WAITING = 1024 * 1024;

    private final SessionOpener sessionOpener;
    private final MarketThread market;
    private final WebSocketServerHandshaker handshaker;
    private final ReadBacklog backlog;

    /** Opens the session on the market thread. */
    interface SessionOpener {
        StreamSession open(Exchange exchange, ClientConnection connection);
    }

    private final AtomicInteger requestsWaiting = new AtomicInteger();
    private final AtomicInteger bytesWaiting = new AtomicInteger();
    // Accessed by the market thread only, in the order of the frames.
    private StreamSession session;

    WebSocketServerHandler(
            SessionOpener sessionOpener,
            MarketThread market,
            WebSocketServerHandshaker handshaker,
            ReadBacklog backlog) {
        this.backlog = backlog;
        this.sessionOpener = sessionOpener;
        this.market = market;
        this.handshaker = handshaker;
    }

    void opened(Channel channel) {
        SocketConnection connection = new SocketConnection(channel, backlog);
        market.run(exchange -> session = sessionOpener.open(exchange, connection));
        channel.closeFuture().addListener(closed -> market.run(exchange -> exchange.disconnect(session)));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            handshaker.close(context.channel(), close.retain());
        } else if (frame instanceof PingWebSocketFrame ping) {
            pong(context, ping);
            market.run(exchange -> exchange.pinged(session, market.now()));
        } else if (frame instanceof PongWebSocketFrame) {
            String payload = frame.content().toString(StandardCharsets.UTF_8);
            market.run(exchange -> exchange.ponged(session, payload, market.now()));
        } else {
            receive(context, frame.content());
        }
    }

    /** A client that pings without reading the pongs is closed, since the pongs would pile up. */
    private static void pong(ChannelHandlerContext context, PingWebSocketFrame ping) {
        if (context.channel().isWritable()) {
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        } else {
            context.close();
        }
    }

    private void receive(ChannelHandlerContext context, ByteBuf content) {
        int length = content.readableBytes();
        if (requestsWaiting.get() >= MAX_REQUESTS_WAITING || bytesWaiting.get() + length > MAX_BYTES_WAITING) {
            context.close();
            return;
        }
        requestsWaiting.incrementAndGet();
        bytesWaiting.addAndGet(length);
        String text = content.toString(StandardCharsets.UTF_8);
        market.run(exchange -> {
            requestsWaiting.decrementAndGet();
            bytesWaiting.addAndGet(-length);
            exchange.receive(session, text, market.now());
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
