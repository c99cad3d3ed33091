package dev.livefeed.exchange.net;

import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.wire.TextFrame;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends frames to one WebSocket. Called by the market thread; the frames of a step are passed to the I/O thread
 * together. A client whose unsent bytes exceed the channel's high-water mark is closed, as on the venue; earlier if
 * {@link ReadBacklog} is full.
 */
final class SocketConnection implements ClientConnection {

    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    private static final int RESET_DELAY_MILLIS = 100;
    /** More than one second of the fastest burst. */
    private static final int MAX_IN_FLIGHT = 10_000;

    private final Channel channel;
    private final ReadBacklog.Share unread;
    /**
     * Frames passed to the I/O thread and not yet written, limited for the case that it cannot keep up.
     */
    private final AtomicInteger inFlight = new AtomicInteger();

    private boolean resetting;
    private List<TextFrame> waiting = new ArrayList<>();

    SocketConnection(Channel channel, ReadBacklog backlog) {
        this.channel = channel;
        this.unread = backlog.share(channel);
    }

    @Override
    public void send(TextFrame frame) {
        if (!resetting) {
            waiting.add(frame);
        }
    }

    @Override
    public void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        List<TextFrame> batch = waiting;
        waiting = new ArrayList<>(Math.min(64, batch.size()));
        if (!channel.isActive()) {
            return;
        }
        if (inFlight.addAndGet(batch.size()) > MAX_IN_FLIGHT) {
            channel.close();
            return;
        }
        channel.eventLoop().execute(() -> {
            inFlight.addAndGet(-batch.size());
            write(batch);
        });
    }

    @Override
    public void ping(String payload) {
        channel.writeAndFlush(
                new PingWebSocketFrame(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8)), channel.voidPromise());
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void close(int code, String reason) {
        flush();
        channel.writeAndFlush(new CloseWebSocketFrame(code, reason)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void resetWithin(TextFrame frame) {
        flush();
        resetting = true;
        channel.eventLoop().execute(() -> {
            channel.config().setAutoRead(false);
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            // Delayed, so that the half frame arrives before the reset.
            channel.writeAndFlush(Unpooled.wrappedBuffer(frame.firstHalf())).addListener(written -> channel.eventLoop()
                    .schedule(() -> channel.close(), RESET_DELAY_MILLIS, TimeUnit.MILLISECONDS));
        });
    }

    @Override
    public void setReadingPaused(boolean readingPaused) {
        channel.config().setAutoRead(!readingPaused);
    }

    private void write(List<TextFrame> batch) {
        if (!channel.isActive()) {
            return;
        }
        for (TextFrame frame : batch) {
            channel.write(Unpooled.wrappedBuffer(frame.bytes()), channel.voidPromise());
        }
        channel.flush();
        if (!channel.isActive()) {
            return;
        }
        long pending = channel.unsafe().outboundBuffer().totalPendingWriteBytes();
        if (unread.exceedsLimit(pending) || !channel.isWritable()) {
            LOG.info("exchange_slow_client_closed unsent_bytes={} client={}", pending, channel.remoteAddress());
            channel.close();
        }
    }
}
