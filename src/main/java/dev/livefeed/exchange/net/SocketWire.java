package dev.livefeed.exchange.net;

import dev.livefeed.exchange.stream.Wire;
import dev.livefeed.exchange.wire.Frame;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries frames to one WebSocket. Called by the market thread; the frames of one step cross to the I/O thread together. A client whose
 * unread bytes pass the channel's high-water mark is closed, as the venue does with slow ones.
 */
final class SocketWire implements Wire {

    private static final Logger LOG = LoggerFactory.getLogger(SocketWire.class);

    private static final int TEAR_MILLIS = 100;

    private final Channel channel;
    private boolean torn;
    private List<Frame> waiting = new ArrayList<>();

    SocketWire(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void send(Frame frame) {
        if (!torn) {
            waiting.add(frame);
        }
    }

    @Override
    public void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Frame> batch = waiting;
        waiting = new ArrayList<>(Math.min(64, batch.size()));
        if (channel.isActive()) {
            channel.eventLoop().execute(() -> write(batch));
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void tear(Frame frame) {
        flush();
        torn = true;
        channel.eventLoop().execute(() -> {
            channel.config().setAutoRead(false);
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            // A moment after it was written, so that the half frame arrives before the reset.
            channel.writeAndFlush(Unpooled.wrappedBuffer(frame.firstHalf())).addListener(written -> channel.eventLoop()
                    .schedule(() -> channel.close(), TEAR_MILLIS, TimeUnit.MILLISECONDS));
        });
    }

    @Override
    public void freeze(boolean frozen) {
        channel.config().setAutoRead(!frozen);
    }

    private void write(List<Frame> batch) {
        for (Frame frame : batch) {
            channel.write(Unpooled.wrappedBuffer(frame.bytes()), channel.voidPromise());
        }
        channel.flush();
        if (channel.isActive() && !channel.isWritable()) {
            LOG.info(
                    "exchange closes a client that reads too slowly: {} bytes wait for {}",
                    channel.unsafe().outboundBuffer().totalPendingWriteBytes(),
                    channel.remoteAddress());
            channel.close();
        }
    }
}
