package dev.livefeed.exchange.net;

import dev.livefeed.exchange.rest.RestResponse;
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

    static final RestResponse NOT_FOUND = new RestResponse(404, "{\"retCode\":404,\"retMsg\":\"Not Found\"}");
    static final RestResponse BAD_REQUEST = new RestResponse(400, "{\"retCode\":400,\"retMsg\":\"Bad Request\"}");

    private HttpReply() {}

    static RestResponse forbidden(String text) {
        return new RestResponse(403, "{\"retCode\":403,\"retMsg\":\"" + text + "\"}");
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
