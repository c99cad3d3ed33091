package dev.livefeed.exchange.net;

import dev.livefeed.exchange.binance.stream.StreamPath;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.VenueRefusals;
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
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The first handler of every connection. Passes on REST requests one at a time and replaces itself with a {@link
 * WebSocketServerHandler} on an upgrade. A connection that does not complete a request in time is closed, even while it
 * keeps sending.
 */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String STREAM_PATH = "/v5/public/";
    private static final String ANNOUNCEMENTS_PATH = "/v5/public/misc/status";
    private static final String PRIVATE_PATH = "/v5/private";
    private static final int MAX_INBOUND_FRAME = 256 * 1024;
    /** Of one connection, behind the one that is being answered. */
    static final int MAX_REQUESTS_WAITING = 1000;

    private final MarketThread market;
    private final Acceptor acceptor;
    private final ReadBacklog backlog;
    private final RestHandler rest;
    private final Set<Venue> venues;
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean answering;
    private ScheduledFuture<?> deadline;

    HttpHandler(MarketThread market, Acceptor acceptor, ReadBacklog backlog, Set<Venue> venues) {
        this.venues = venues;
        this.market = market;
        this.acceptor = acceptor;
        this.backlog = backlog;
        this.rest = new RestHandler(market, acceptor, venues.contains(Venue.BINANCE));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        awaitRequest(context, acceptor.firstRequestTimeout());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!answering) {
            serve(context, request);
        } else if (waiting.size() < MAX_REQUESTS_WAITING && acceptor.tryQueue()) {
            waiting.add(request.retain());
        } else {
            context.close();
        }
    }

    private void serve(ChannelHandlerContext context, FullHttpRequest request) {
        answering = true;
        deadline.cancel(false);
        context.channel().config().setAutoRead(false);
        if (!request.decoderResult().isSuccess()) {
            HttpReply.write(context.channel(), false, HttpReply.BAD_REQUEST);
            return;
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            upgrade(context, request, uri);
        } else {
            rest.serve(context.channel(), request, uri, () -> answered(context));
        }
    }

    private void answered(ChannelHandlerContext context) {
        answering = false;
        FullHttpRequest next = waiting.poll();
        if (next == null) {
            awaitRequest(context, acceptor.nextRequestTimeout());
            context.channel().config().setAutoRead(true);
            return;
        }
        acceptor.dequeued(1);
        try {
            serve(context, next);
        } finally {
            next.release();
        }
    }

    private void awaitRequest(ChannelHandlerContext context, Duration limit) {
        deadline = context.executor().schedule(() -> context.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel(false);
        acceptor.dequeued(waiting.size());
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder uri) {
        String path = uri.path();
        Optional<ProductCategory> category = path.startsWith(STREAM_PATH)
                ? ProductCategory.of(path.substring(STREAM_PATH.length()))
                : Optional.empty();
        boolean announcements = path.equals(ANNOUNCEMENTS_PATH);
        boolean bybit =
                venues.contains(Venue.BYBIT) && (category.isPresent() || announcements || path.equals(PRIVATE_PATH));
        Optional<StreamPath> binance =
                venues.contains(Venue.BINANCE) ? StreamPath.parse(path, parameter(uri, "streams")) : Optional.empty();
        boolean ofBinance = venues.contains(Venue.BINANCE) && !VenueRefusals.ofBybit(path);
        if (!bybit && binance.isEmpty()) {
            HttpReply.write(
                    context.channel(),
                    false,
                    HttpReply.notFound(ofBinance, request.method().name(), path));
            return;
        }
        if (!acceptor.admitStream(context.channel(), path, ofBinance)) {
            HttpReply.write(context.channel(), false, HttpReply.tooManyConnections(ofBinance));
            return;
        }
        String maxActiveTime = parameter(uri, "max_active_time");
        WebSocketServerHandler.SessionOpener sessionOpener = (exchange, connection) -> {
            if (binance.isPresent()) {
                return exchange.connect(binance.get(), connection, market.now());
            }
            if (announcements) {
                return exchange.connectAnnouncements(connection);
            }
            return category.isPresent()
                    ? exchange.connect(category.get(), connection)
                    : exchange.connectPrivately(maxActiveTime, connection, market.now());
        };
        FullHttpRequest retained = request.retain();
        market.run(exchange -> {
            Optional<RestResponse> refusal = exchange.refusal(
                    binance.map(StreamPath::category).or(() -> category).orElse(null), path);
            context.executor().execute(() -> {
                try {
                    if (refusal.isPresent()) {
                        HttpReply.write(context.channel(), false, refusal.get());
                    } else {
                        handshake(context, retained, path, sessionOpener);
                    }
                } finally {
                    retained.release();
                }
            });
        });
    }

    private static String parameter(QueryStringDecoder uri, String name) {
        try {
            return uri.parameters().getOrDefault(name, List.of()).stream()
                    .findFirst()
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            // A query that cannot be decoded has no parameters.
            return null;
        }
    }

    private void handshake(
            ChannelHandlerContext context,
            FullHttpRequest request,
            String path,
            WebSocketServerHandler.SessionOpener sessionOpener) {
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(path, null, false, MAX_INBOUND_FRAME).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        HttpHeaders headers = new DefaultHttpHeaders().set(ExchangeHeaders.SYNTHETIC, "true");
        WebSocketServerHandler webSocketHandler =
                new WebSocketServerHandler(sessionOpener, market, handshaker, backlog);
        handshaker
                .handshake(context.channel(), request, headers, context.newPromise())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        context.channel().config().setAutoRead(true);
                        context.pipeline()
                                .addLast(new IdleStateHandler(
                                        acceptor.idleTimeout().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                                .addLast(new WebSocketFrameAggregator(MAX_INBOUND_FRAME))
                                .addLast(webSocketHandler)
                                .remove(this);
                        webSocketHandler.opened(context.channel());
                    } else {
                        context.close();
                    }
                });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
