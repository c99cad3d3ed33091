package dev.livefeed.app.route.http;

import dev.livefeed.app.stream.ClientSink;
import dev.livefeed.app.stream.CommandBudget;
import dev.livefeed.app.stream.StreamHub;
import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A client's WebSocket. Pending bytes are counted from hand-over until the socket has written them, so tasks and
 * buffers of the event loop are included in the limit.
 */
final class SocketSink implements ClientSink {

    /** Approximate overhead of a frame. */
    private static final int FRAME = 10;
    /** Time for a client to read its pending data and the close reason. */
    private static final long CLOSE_SECONDS = 3;

    private static final short UNSUPPORTED = 1003;
    private static final short TOO_LARGE = 1009;

    private final ServerWebSocket socket;
    private final Channel channel;
    private final StreamHub hub;
    private final LongSupplier millis;
    private final int half;
    private final int mostBytes;
    private final AtomicLong pending = new AtomicLong();
    private volatile long heardAt;
    private volatile boolean closed;

    /** Only used by the event loop. */
    private final CommandBudget budget = new CommandBudget();

    private Buffer message;

    SocketSink(ServerWebSocket socket, Channel channel, StreamHub hub, LongSupplier millis) {
        this.socket = socket;
        this.channel = channel;
        this.hub = hub;
        this.millis = millis;
        this.half = hub.limits().queueBytes() / 2;
        this.mostBytes = hub.limits().messageBytes();
        this.heardAt = millis.getAsLong();
    }

    /** Starts reading from the client; called on its event loop. */
    public void listen() {
        socket.exceptionHandler(failure -> socket.close());
        socket.pongHandler(pong -> heardAt = millis.getAsLong());
        socket.frameHandler(this::frame);
        socket.closeHandler(gone -> {
            closed = true;
            hub.gone(this);
            hub.leave();
        });
    }

    private void frame(WebSocketFrame frame) {
        heardAt = millis.getAsLong();
        if (closed || !(frame.isText() || frame.isBinary() || frame.isContinuation())) {
            return;
        }
        if (frame.isBinary()) {
            close(UNSUPPORTED, "a binary message; commands are JSON texts");
            return;
        }
        Buffer part = frame.binaryData();
        if (part.length() + (message == null ? 0 : message.length()) > mostBytes) {
            close(TOO_LARGE, "a message of more than " + mostBytes + " bytes");
            return;
        }
        message = message == null ? Buffer.buffer().appendBuffer(part) : message.appendBuffer(part);
        if (frame.isFinal()) {
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
        return pending.get();
    }

    @Override
    public void send(String json) {
        if (closed) {
            return;
        }
        int size = json.length() + FRAME;
        pending.addAndGet(size);
        try {
            socket.writeTextMessage(json).onComplete(written -> written(size));
        } catch (RuntimeException e) {
            // Just closed; its handler tells the hub. Other clients must still get the message.
            written(size);
        }
    }

    private void written(int size) {
        long now = pending.addAndGet(-size);
        if (now <= half && now + size > half) {
            hub.drained(this);
        }
    }

    @Override
    public void ping() {
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer());
        }
    }

    @Override
    public long heardAt() {
        return heardAt;
    }

    @Override
    public void close(int code, String reason) {
        closed = true;
        socket.close((short) code, reason);
        // A client that does not read would not get the reason and would keep its data in memory forever.
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
