package dev.livefeed.exchange.net;

import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.VenueRefusals;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Handles REST and control requests. Every response passes through the market thread, which keeps responses in the
 * order of the requests.
 */
final class RestHandler {

    private static final String CONTROL_PATH = "/control/";

    private final MarketThread market;
    private final Acceptor acceptor;
    private final boolean binance;

    /** @param binance whether Binance is served */
    RestHandler(MarketThread market, Acceptor acceptor, boolean binance) {
        this.binance = binance;
        this.market = market;
        this.acceptor = acceptor;
    }

    /** @param onWritten run on the I/O thread when the response is written */
    void serve(Channel channel, FullHttpRequest request, QueryStringDecoder uri, Runnable onWritten) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        Function<Exchange, RestResponse> call = call(channel, request, uri);
        market.run(exchange -> {
            RestResponse answer = call.apply(exchange);
            channel.eventLoop()
                    .schedule(
                            () -> HttpReply.write(channel, keepAlive, answer).addListener(written -> onWritten.run()),
                            answer.delay().toMillis(),
                            TimeUnit.MILLISECONDS);
        });
    }

    private Function<Exchange, RestResponse> call(Channel channel, FullHttpRequest request, QueryStringDecoder uri) {
        String path = uri.path();
        boolean ofBinance = binance && !VenueRefusals.ofBybit(path);
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean duplicate = false;
        try {
            for (Map.Entry<String, List<String>> parameter : uri.parameters().entrySet()) {
                List<String> values = parameter.getValue();
                duplicate |= values.size() > 1;
                parameters.put(parameter.getKey(), values.get(values.size() - 1));
            }
        } catch (IllegalArgumentException e) {
            return exchange -> HttpReply.badQuery(ofBinance);
        }
        if (path.startsWith(CONTROL_PATH)) {
            return control(channel, request, path, parameters);
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return exchange -> HttpReply.notFound(ofBinance, request.method().name(), path);
        }
        if (ofBinance && duplicate) {
            return exchange -> HttpReply.duplicateParameter();
        }
        if (!ofBinance && !acceptor.allowsRequest()) {
            return exchange -> HttpReply.forbidden("access too frequent");
        }
        if (!ofBinance && request.content().isReadable()) {
            return exchange -> HttpReply.forbidden("GET must not have a body");
        }
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return exchange -> exchange.signed(path)
                ? exchange.getSigned(path, headers, uri.rawQuery(), market.now())
                : exchange.get(path, parameters, market.now());
    }

    /** Control requests are accepted from this machine only, and not from web pages, which send an Origin header. */
    private static Function<Exchange, RestResponse> control(
            Channel channel, FullHttpRequest request, String path, Map<String, String> parameters) {
        boolean local = channel.remoteAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
        if (!local || request.headers().contains(HttpHeaderNames.ORIGIN)) {
            return exchange -> HttpReply.forbidden("control is for programs on this machine");
        }
        String method = request.method().name();
        String body = request.content().toString(StandardCharsets.UTF_8);
        return exchange -> exchange.control(method, path, parameters, body);
    }
}
