package dev.livefeed.app.route.http.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * What waits for one client. Messages are handed to the socket in blocks, as long as it takes them; until then they are
 * references only. So a client that does not read costs neither time nor memory of the event loop. Subclasses read what
 * the client sends. Thread-safe, except for what Netty calls.
 */
abstract class ClientQueue extends ChannelInboundHandlerAdapter {

    /** Bytes that are handed to the socket at a time; a single larger message is a block of its own. */
    private static final int BLOCK = 16 * 1024;

    /** Time for a client to read what waits for it and the reason of the end. */
    private static final long CLOSE_SECONDS = 3;

    /** Handlers that take one request after the other. */
    private static final List<String> GATES = List.of("requestBytes", "requestGate");

    /** Something to write. */
    interface Part {

        /** Bytes of memory that it takes while it waits. */
        int held();

        /** Appends it as it is sent. */
        void to(ByteBuf block);
    }

    private final Channel channel;
    private final int half;

    private final Queue<Part> waiting = new ArrayDeque<>();
    /** Bytes that the waiting parts hold. */
    private long held;

    private boolean attached;
    private boolean scheduled;
    private boolean full;
    private boolean ended;
    private boolean endWritten;

    /** Set by the event loop. */
    private volatile ChannelHandlerContext context;

    /** @param half bytes below which {@link #drained} is called, if more have waited before */
    ClientQueue(Channel channel, int half) {
        this.channel = channel;
        this.half = half;
    }

    final Channel channel() {
        return channel;
    }

    /** Called by the event loop when less than half of what may wait waits again. */
    abstract void drained();

    /** What Netty is to write for a block. */
    abstract Object written(ByteBuf block);

    /** What Netty is to write at the end, if the client has taken everything before. */
    abstract Object end();

    /** Moves the connection to the event loops of streams. Called by its present one, once. */
    final void move(StreamLoops loops) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore("handler", "stream", this);
        for (String gate : GATES) {
            if (pipeline.get(gate) != null) {
                pipeline.remove(gate);
            }
        }
        loops.take(channel, () -> {
            synchronized (this) {
                attached = true;
            }
            context.flush();
            write();
        });
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Bytes of memory that wait for the client, those that Netty holds included. */
    final long waitingBytes() {
        synchronized (this) {
            return held + inSocket();
        }
    }

    private long inSocket() {
        ChannelOutboundBuffer socket = channel.unsafe().outboundBuffer();
        return socket == null ? 0 : socket.totalPendingWriteBytes();
    }

    /** Adds something to write after {@link #flush}; nothing is added after the end. */
    final void add(Part part) {
        synchronized (this) {
            if (ended) {
                return;
            }
            waiting.add(part);
            held += part.held();
            full |= held + inSocket() > half;
        }
    }

    /** Begins to write what has been added. */
    public final void flush() {
        synchronized (this) {
            if (waiting.isEmpty() || scheduled || !attached || !channel.isWritable()) {
                return; // written with those before, or when the socket takes more
            }
            scheduled = true;
        }
        channel.eventLoop().execute(this::write);
    }

    /** Ends the connection when the client has taken everything, and after a moment in any case. */
    final void finish() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            scheduled = true;
        }
        channel.eventLoop().execute(this::write);
        channel.eventLoop().schedule(this::abort, CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    final void abort() {
        if (context == null) {
            channel.close();
        } else {
            context.close();
        }
    }

    private void write() {
        boolean all = false;
        boolean any = false;
        while (!all && channel.isWritable()) {
            ByteBuf block = block();
            all = block == null;
            if (!all) {
                any = true;
                context.write(written(block), context.voidPromise());
            }
        }
        if (any) {
            context.flush();
        }
        boolean last;
        boolean room;
        synchronized (this) {
            if (!attached) {
                return;
            }
            last = all && ended && !endWritten;
            endWritten |= last;
            room = full && held + inSocket() <= half;
            full &= !room;
        }
        if (room) {
            drained();
        }
        if (last) {
            context.writeAndFlush(end()).addListener(sent -> lastWritten());
        }
    }

    /** Called when the end has been written. */
    void lastWritten() {
        abort();
    }

    /** The next parts, or null if none waits. */
    private ByteBuf block() {
        synchronized (this) {
            if (!attached) {
                return null;
            }
            int parts = 0;
            int bytes = 0;
            for (Part part : waiting) {
                if (parts > 0 && bytes + part.held() > BLOCK) {
                    break;
                }
                bytes += part.held();
                parts++;
            }
            if (parts == 0) {
                scheduled = false;
                return null;
            }
            held -= bytes;
            ByteBuf block = channel.alloc().ioBuffer(bytes);
            for (int i = 0; i < parts; i++) {
                waiting.remove().to(block);
            }
            return block;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (channel.isWritable()) {
            write();
        }
    }

    /** Also reported to Vert.x, which still counts the connection. */
    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        synchronized (this) {
            ended = true;
            waiting.clear();
            held = 0;
        }
        closed.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        failed.close();
    }
}
