package dev.livefeed.app.route.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** An answer to a connection whose request has not been read, or is not to be. */
final class RawResponse {

    private static final long LINGER_MILLIS = 500;

    private RawResponse() {}

    /** Sends the reason as JSON and ends the connection; a moment later, so that the client can read it. */
    static void send(Channel channel, HttpResponseStatus status) {
        ChannelHandlerContext encoder = channel.pipeline().context("httpEncoder");
        if (encoder == null) {
            channel.close();
            return;
        }
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("error", PathErrors.reason(status.code()))
                .toString();
        String text = "HTTP/1.1 " + status.code() + ' ' + status.reasonPhrase()
                + "\r\ncontent-type: application/json\r\ncache-control: no-store\r\nx-content-type-options: nosniff"
                + "\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
        ByteBuf bytes = channel.alloc().buffer();
        bytes.writeCharSequence(text, StandardCharsets.UTF_8);
        // From the place of the encoder, which takes messages only, towards the socket.
        encoder.writeAndFlush(bytes).addListener((ChannelFutureListener) sent -> {
            if (sent.isSuccess() && channel instanceof SocketChannel socket) {
                socket.shutdownOutput();
            }
        });
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
}
