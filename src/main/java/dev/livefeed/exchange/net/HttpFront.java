package dev.livefeed.exchange.net;

import dev.livefeed.exchange.rest.Answer;
import dev.livefeed.exchange.venue.Category;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The first handler of every connection: answers REST requests, and turns upgrades into {@link SocketFront}s. */
final class HttpFront extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String STREAM_PATH = "/v5/public/";
    private static final String PRIVATE_PATH = "/v5/private";
    private static final String CONTROL_PATH = "/control/";
    private static final int MAX_INBOUND_FRAME = 256 * 1024;

    private final MarketThread market;
    private final Door door;

    HttpFront(MarketThread market, Door door) {
        this.market = market;
        this.door = door;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            answer(context.channel(), false, new Answer(400, "{\"retCode\":400,\"retMsg\":\"Bad Request\"}"));
            return;
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            upgrade(context, request, uri);
        } else {
            rest(context, request, uri);
        }
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder uri) {
        String path = uri.path();
        Optional<Category> category =
                path.startsWith(STREAM_PATH) ? Category.of(path.substring(STREAM_PATH.length())) : Optional.empty();
        if (category.isEmpty() && !path.equals(PRIVATE_PATH)) {
            answer(context.channel(), false, new Answer(404, "{\"retCode\":404,\"retMsg\":\"Not Found\"}"));
            return;
        }
        if (!door.enter(context.channel(), path)) {
            answer(context.channel(), false, new Answer(403, "{\"retCode\":403,\"retMsg\":\"too many connections\"}"));
            return;
        }
        String maxActiveTime = uri.parameters().getOrDefault("max_active_time", List.of()).stream()
                .findFirst()
                .orElse(null);
        SocketFront.Connecting connecting = (exchange, wire) -> category.isPresent()
                ? exchange.connect(category.get(), wire)
                : exchange.connectPrivately(maxActiveTime, wire, market.now());
        FullHttpRequest kept = request.retain();
        market.run(exchange -> {
            Optional<Answer> refusal = exchange.refusal(category.orElse(null), path);
            context.executor().execute(() -> {
                try {
                    if (refusal.isPresent()) {
                        answer(context.channel(), false, refusal.get());
                    } else {
                        handshake(context, kept, path, connecting);
                    }
                } finally {
                    kept.release();
                }
            });
        });
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

    private void rest(ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder uri) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        Channel channel = context.channel();
        Map<String, String> parameters = new LinkedHashMap<>();
        uri.parameters().forEach((name, values) -> parameters.put(name, values.get(values.size() - 1)));
        String path = uri.path();
        if (path.startsWith(CONTROL_PATH)) {
            control(channel, keepAlive, request, path, parameters);
            return;
        }
        if (!request.method().equals(HttpMethod.GET)) {
            answer(channel, keepAlive, new Answer(404, "{\"retCode\":404,\"retMsg\":\"Not Found\"}"));
            return;
        }
        if (!door.serves()) {
            answer(channel, keepAlive, new Answer(403, "{\"retCode\":403,\"retMsg\":\"access too frequent\"}"));
            return;
        }
        if (request.content().isReadable()) {
            answer(channel, keepAlive, new Answer(403, "{\"retCode\":403,\"retMsg\":\"GET must not have a body\"}"));
            return;
        }
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        market.run(exchange -> {
            Answer answer = exchange.signed(path)
                    ? exchange.getSigned(path, headers, uri.rawQuery(), market.now())
                    : exchange.get(path, parameters, market.now());
            channel.eventLoop()
                    .schedule(
                            () -> answer(channel, keepAlive, answer),
                            answer.delay().toMillis(),
                            TimeUnit.MILLISECONDS);
        });
    }

    /** Control is for programs on this machine; a web page in a browser on it sends an origin and is turned away. */
    private void control(
            Channel channel, boolean keepAlive, FullHttpRequest request, String path, Map<String, String> parameters) {
        boolean local = channel.remoteAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
        if (!local || request.headers().contains(HttpHeaderNames.ORIGIN)) {
            answer(channel, keepAlive, new Answer(403, "{\"error\":\"control is for programs on this machine\"}"));
            return;
        }
        String method = request.method().name();
        String body = request.content().toString(StandardCharsets.UTF_8);
        market.run(exchange -> {
            Answer answer = exchange.control(method, path, parameters, body);
            channel.eventLoop().execute(() -> answer(channel, keepAlive, answer));
        });
    }

    private static void answer(Channel channel, boolean keepAlive, Answer answer) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body().getBytes(StandardCharsets.UTF_8)));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .set(ExchangeHeaders.SYNTHETIC, "true");
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
        HttpUtil.setContentLength(response, response.content().readableBytes());
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = channel.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
