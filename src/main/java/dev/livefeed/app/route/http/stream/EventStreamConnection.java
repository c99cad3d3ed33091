package dev.livefeed.app.route.http.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One response of events, the last of its connection. */
final class EventStreamConnection extends ClientQueue {

    /** How often at least something is sent, in seconds: a client takes a longer silence for a lost connection. */
    private static final String PING = "Stream-Ping";

    /** Time before a client connects again, milliseconds. */
    private static final int RETRY_MILLIS = 1_000;

    private final RoutingContext routing;
    private final Runnable drained;
    private volatile String reason = "";

    /**
     * @param half bytes below which the client is asked for more
     * @param drained called when fewer than these wait again
     */
    EventStreamConnection(RoutingContext routing, int half, Runnable drained) {
        super(((ConnectionBase) routing.request().connection()).channel(), half);
        this.routing = routing;
        this.drained = drained;
    }

    /**
     * Sends the head of the response.
     *
     * @param ping interval of the comments
     * @param lost called when the connection is closed, whoever closes it
     */
    void open(StreamLoops loops, Duration ping, Runnable lost) {
        routing.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("X-Accel-Buffering", "no")
                .putHeader(PING, Long.toString(ping.plusMillis(999).toSeconds()))
                .write("retry: " + RETRY_MILLIS + "\n\n");
        channel().closeFuture().addListener(closed -> lost.run());
        move(loops);
    }

    @Override
    void drained() {
        drained.run();
    }

    /** The client has nothing more to say: the response has no end, so that no further request would be answered. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        ReferenceCountUtil.release(part);
        if (part instanceof HttpRequest) {
            context.close();
        }
    }

    @Override
    Object written(ByteBuf block) {
        return new DefaultHttpContent(block);
    }

    /** Sends the reason as a comment, and ends the response without waiting for the client. */
    void close(String text) {
        reason = text.replaceAll("\\p{Cntrl}", " ");
        finish();
    }

    @Override
    Object end() {
        ByteBuf comment = channel().alloc().buffer();
        comment.writeCharSequence(": closed " + reason + "\n\n", StandardCharsets.UTF_8);
        return new DefaultLastHttpContent(comment);
    }
}
