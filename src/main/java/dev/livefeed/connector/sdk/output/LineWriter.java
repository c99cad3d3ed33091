package dev.livefeed.connector.sdk.output;

import dev.livefeed.protocol.codec.EventWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes lines on a thread of its own, so that only that thread waits for the reader of the channel.
 *
 * <p>Buffers go round: the feed's thread fills {@link #lines}, {@link #handOver} passes them on, and the writing thread
 * takes all that was passed on at once. So an idle channel gets each line at once and a busy one gets many lines a write;
 * what waits for a slow one is held in buffers of moderate size, so that memory never has to be found for a large one.
 */
public final class LineWriter implements LineSink, Runnable {

    private static final int CHUNK = 64 * 1024;
    /** Empty buffers that are kept for use again. */
    private static final int SPARE = 4;

    private final WritableByteChannel channel;
    private final int fullAt;
    private final Listener listener;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

    /** Belongs to the feed's thread. */
    private EventWriter front = new EventWriter();

    // Between the threads, under the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<EventWriter> spare = new ArrayDeque<>(SPARE);
    private Deque<EventWriter> ready = new ArrayDeque<>();
    private int readyBytes;
    private boolean full;
    private boolean ending;
    private boolean waiting;

    /** Told by the writing thread. */
    public interface Listener {

        /** After the channel was full: what was handed over has been taken. */
        void drained();

        /** The channel is broken; nothing more can be written. */
        void lost(IOException e);
    }

    /**
     * @param channel written in blocking mode
     * @param fullAt how many bytes may wait before {@link #handOver} says that the channel is full
     */
    public LineWriter(WritableByteChannel channel, int fullAt, Listener listener) {
        this.channel = channel;
        this.fullAt = fullAt;
        this.listener = listener;
    }

    @Override
    public EventWriter lines() {
        return front;
    }

    @Override
    public int handOver() {
        lock.lock();
        try {
            pass();
            if (waiting && readyBytes > 0) {
                waiting = false;
                changed.signal();
            }
            full = readyBytes >= fullAt;
            return readyBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Few lines join those before them; many are a buffer of their own. */
    private void pass() {
        if (front.length() == 0) {
            return;
        }
        readyBytes += front.length();
        EventWriter last = ready.peekLast();
        if (last != null && last.length() + front.length() <= CHUNK) {
            last.append(front);
            front.clear();
        } else {
            ready.addLast(front);
            front = spare.isEmpty() ? new EventWriter() : spare.pop();
        }
    }

    /** Writes what was handed over, then ends {@link #run}. */
    public void end() {
        lock.lock();
        try {
            ending = true;
            waiting = false;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Writes until {@link #end} or until the channel breaks. */
    @Override
    public void run() {
        Deque<EventWriter> taken = new ArrayDeque<>();
        try {
            while ((taken = take(taken)) != null) {
                EventWriter lines;
                while ((lines = taken.pollFirst()) != null) {
                    write(lines);
                    lines.clear();
                    giveBack(lines);
                }
            }
        } catch (IOException e) {
            listener.lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBack(EventWriter empty) {
        lock.lock();
        try {
            if (spare.size() < SPARE) {
                spare.push(empty);
            }
        } finally {
            lock.unlock();
        }
    }

    private Deque<EventWriter> take(Deque<EventWriter> empty) throws InterruptedException {
        boolean wasFull;
        Deque<EventWriter> lines;
        lock.lockInterruptibly();
        try {
            while (readyBytes == 0) {
                if (ending) {
                    return null;
                }
                waiting = true;
                changed.await();
            }
            lines = ready;
            ready = empty;
            readyBytes = 0;
            wasFull = full;
            full = false;
        } finally {
            lock.unlock();
        }
        if (wasFull) {
            listener.drained();
        }
        return lines;
    }

    private void write(EventWriter lines) throws IOException {
        byte[] bytes = lines.buffer();
        int length = lines.length();
        for (int offset = 0; offset < length; offset += chunk.capacity()) {
            chunk.clear();
            chunk.put(bytes, offset, Math.min(chunk.capacity(), length - offset));
            chunk.flip();
            while (chunk.hasRemaining()) {
                channel.write(chunk);
            }
        }
    }
}
