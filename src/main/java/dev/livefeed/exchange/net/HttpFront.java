package dev.livefeed.exchange.net;

import dev.livefeed.exchange.rest.Answer;
import dev.livefeed.exchange.venue.Category;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The first handler of every connection: passes REST requests on, and turns upgrades into {@link SocketFront}s. */
final class HttpFront extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String STREAM_PATH = "/v5/public/";
    private static final String PRIVATE_PATH = "/v5/private";
    private static final int MAX_INBOUND_FRAME = 256 * 1024;

    private final MarketThread market;
    private final Door door;
    private final RestFront rest;

    HttpFront(MarketThread market, Door door) {
        this.market = market;
        this.door = door;
        this.rest = new RestFront(market, door);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            HttpReply.write(context.channel(), false, HttpReply.BAD_REQUEST);
            return;
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            upgrade(context, request, uri);
        } else {
            rest.serve(context.channel(), request, uri);
        }
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder uri) {
        String path = uri.path();
        Optional<Category> category =
                path.startsWith(STREAM_PATH) ? Category.of(path.substring(STREAM_PATH.length())) : Optional.empty();
        if (category.isEmpty() && !path.equals(PRIVATE_PATH)) {
            HttpReply.write(context.channel(), false, HttpReply.NOT_FOUND);
            return;
        }
        if (!door.enter(context.channel(), path)) {
            HttpReply.write(context.channel(), false, HttpReply.forbidden("too many connections"));
            return;
        }
        String maxActiveTime = maxActiveTime(uri);
        SocketFront.Connecting connecting = (exchange, wire) -> category.isPresent()
                ? exchange.connect(category.get(), wire)
                : exchange.connectPrivately(maxActiveTime, wire, market.now());
        FullHttpRequest kept = request.retain();
        market.run(exchange -> {
            Optional<Answer> refusal = exchange.refusal(category.orElse(null), path);
            context.executor().execute(() -> {
                try {
                    if (refusal.isPresent()) {
                        HttpReply.write(context.channel(), false, refusal.get());
                    } else {
                        handshake(context, kept, path, connecting);
                    }
                } finally {
                    kept.release();
                }
            });
        });
    }

    private static String maxActiveTime(QueryStringDecoder uri) {
        try {
            return uri.parameters().getOrDefault("max_active_time", List.of()).stream()
                    .findFirst()
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            // A query that cannot be decoded asks for nothing.
            return null;
        }
    }

    private void handshake(
            ChannelHandlerContext context, FullHttpRequest request, String path, SocketFront.Connecting connecting) {
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(path, null, false, MAX_INBOUND_FRAME).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        HttpHeaders headers = new DefaultHttpHeaders().set(ExchangeHeaders.SYNTHETIC, "true");
        SocketFront front = new SocketFront(connecting, market, handshaker);
        handshaker
                .handshake(context.channel(), request, headers, context.newPromise())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        context.pipeline().remove(IdleStateHandler.class);
                        context.pipeline()
                                .addLast(new IdleStateHandler(
                                        door.idleTimeout().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                                .addLast(new WebSocketFrameAggregator(MAX_INBOUND_FRAME))
                                .addLast(front)
                                .remove(this);
                        front.opened(context.channel());
                    } else {
                        context.close();
                    }
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
