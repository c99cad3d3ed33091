package dev.livefeed.app.route.http.stream;

import dev.livefeed.app.stream.ClientSink;
import dev.livefeed.app.stream.CommandBudget;
import dev.livefeed.app.stream.StreamHub;
import dev.livefeed.app.stream.StreamMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/** A client's WebSocket, after its handshake. */
final class SocketSink extends ClientQueue implements ClientSink {

    private static final short UNSUPPORTED = 1003;
    private static final short TOO_LARGE = 1009;

    /** The first byte of a text frame that is a whole message (RFC 6455, 5.2). */
    private static final int TEXT = 0x81;

    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final StreamHub hub;
    private final LongSupplier millis;
    private final int mostBytes;
    private volatile long heardAt;

    /** The reason of the end, set before it. */
    private volatile CloseWebSocketFrame reason;

    /** Only used by the event loop. */
    private final CommandBudget budget = new CommandBudget();

    private ByteArrayOutputStream message;

    /** The last ping is still to be answered, when the client takes the answer. */
    private boolean answering;

    SocketSink(Channel channel, StreamHub hub, LongSupplier millis) {
        super(channel, hub.limits().queueBytes() / 2);
        this.hub = hub;
        this.millis = millis;
        this.mostBytes = hub.limits().messageBytes();
        this.heardAt = millis.getAsLong();
    }

    /** Begins to read and write; the hub must know the client already. Called by the event loop of the connection. */
    void open(StreamLoops loops) {
        channel().closeFuture().addListener(gone -> {
            hub.gone(this);
            hub.leave();
        });
        move(loops);
    }

    @Override
    void drained() {
        hub.drained(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        try {
            if (part instanceof WebSocketFrame frame) {
                heardAt = millis.getAsLong();
                take(context, frame);
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void take(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            context.writeAndFlush(reason == null ? close.retain() : Unpooled.EMPTY_BUFFER)
                    .addListener(ChannelFutureListener.CLOSE);
        } else if (frame instanceof PingWebSocketFrame) {
            pong(context, frame);
        } else if (reason == null
                && (frame instanceof TextWebSocketFrame || frame instanceof ContinuationWebSocketFrame)) {
            text(frame);
        } else if (reason == null && !(frame instanceof PongWebSocketFrame)) {
            close(UNSUPPORTED, "a binary message; commands are JSON texts");
        }
    }

    /** One answer at a time is enough for a client that does not take it (RFC 6455, 5.5.3). */
    private void pong(ChannelHandlerContext context, WebSocketFrame ping) {
        if (!answering) {
            answering = true;
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()))
                    .addListener(sent -> answering = false);
        }
    }

    private void text(WebSocketFrame frame) {
        ByteBuf part = frame.content();
        if (part.readableBytes() + (message == null ? 0 : message.size()) > mostBytes) {
            close(TOO_LARGE, "a message of more than " + mostBytes + " bytes");
            return;
        }
        if (message == null) {
            message = new ByteArrayOutputStream();
        }
        try {
            part.readBytes(message, part.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (frame.isFinalFragment()) {
            String text = message.toString(StandardCharsets.UTF_8);
            message = null;
            if (budget.take(heardAt)) {
                hub.message(this, text);
            } else {
                hub.commandLimitExceeded(this);
            }
        }
    }

    @Override
    public long pending() {
        return waitingBytes();
    }

    @Override
    public void send(StreamMessage sent) {
        add(new SentText(sent));
    }

    /** A frame of a shared message. */
    private record SentText(StreamMessage message) implements Part {

        @Override
        public int held() {
            return message.held();
        }

        @Override
        public void to(ByteBuf block) {
            int length = message.length();
            block.writeByte(TEXT);
            if (length < TWO_BYTES) {
                block.writeByte(length);
            } else if (length < 1 << Short.SIZE) {
                block.writeByte(TWO_BYTES).writeShort(length);
            } else {
                block.writeByte(EIGHT_BYTES).writeLong(length);
            }
            block.writeBytes(message.bytes());
        }
    }

    @Override
    public void ping() {
        channel().writeAndFlush(new PingWebSocketFrame());
    }

    @Override
    public long heardAt() {
        return heardAt;
    }

    @Override
    public void close(int code, String text) {
        if (reason == null) {
            reason = new CloseWebSocketFrame(code, text);
            finish();
        }
    }

    @Override
    Object written(ByteBuf block) {
        return block;
    }

    @Override
    Object end() {
        return reason;
    }

    /** The client answers by its own; until then it may read what has been sent. */
    @Override
    void lastWritten() {
        // Closed a moment after the end in any case.
    }
}
