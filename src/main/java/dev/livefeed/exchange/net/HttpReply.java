package dev.livefeed.exchange.net;

import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.VenueRefusals;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Writes HTTP responses, each marked as synthetic. */
final class HttpReply {

    private static final RestResponse NOT_FOUND = VenueRefusals.bybit(404, "Not Found");
    static final RestResponse BAD_REQUEST = VenueRefusals.bybit(400, "Bad Request");

    private static final int TOO_MANY_REQUESTS = -1003;
    private static final int ILLEGAL_CHARACTERS = -1100;
    private static final int TOO_MANY_PARAMETERS = -1101;
    private static final int RETRY_SECONDS = 60;

    private HttpReply() {}

    static RestResponse notFound(boolean binance, String method, String path) {
        return binance ? VenueRefusals.notOnBinance(method, path) : NOT_FOUND;
    }

    /** For a query that cannot be decoded. */
    static RestResponse badQuery(boolean binance) {
        return binance
                ? VenueRefusals.binance(400, ILLEGAL_CHARACTERS, "Illegal characters found in a parameter.")
                : BAD_REQUEST;
    }

    /** For a parameter that is sent twice. */
    static RestResponse duplicateParameter() {
        return VenueRefusals.binance(400, TOO_MANY_PARAMETERS, "Duplicate values for a parameter detected.");
    }

    /** For too many connections, or too many attempts; Binance documents no answer. */
    static RestResponse tooManyConnections(boolean binance) {
        return binance
                ? VenueRefusals.binance(429, TOO_MANY_REQUESTS, "Too many connection attempts.", RETRY_SECONDS)
                : forbidden("too many connections");
    }

    static RestResponse forbidden(String text) {
        return VenueRefusals.bybit(403, text);
    }

    /** Must be called on the channel's I/O thread. The returned future completes when the response is written. */
    static ChannelFuture write(Channel channel, boolean keepAlive, RestResponse answer) {
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
        ChannelFuture written = channel.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
        return written;
    }
}
