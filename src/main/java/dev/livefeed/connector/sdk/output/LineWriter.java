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
 * Writes lines on its own thread, so that only this thread waits for the reader of the channel.
 *
 * <p>Buffers are recycled: the feed's thread fills {@link #lines}, {@link #handOver} enqueues them, and the writing
 * thread takes all enqueued buffers at once. An idle channel gets each line immediately, a busy one many lines per
 * write. Lines waiting for a slow reader are kept in buffers of moderate size, so that no large contiguous buffer is
 * needed.
 */
public final class LineWriter implements LineSink, Runnable {

    private static final int CHUNK = 64 * 1024;
    /** Empty buffers kept for reuse. */
    private static final int MAX_SPARE = 4;

    private final WritableByteChannel channel;
    private final int fullAt;
    private final Listener listener;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

    /** Accessed by the feed's thread only. */
    private EventWriter current = new EventWriter();

    // Shared between the threads, guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<EventWriter> spare = new ArrayDeque<>(MAX_SPARE);
    private Deque<EventWriter> ready = new ArrayDeque<>();
    private int readyBytes;
    private boolean full;
    private boolean ending;
    private boolean waiting;

    /** Called by the writing thread. */
    public interface Listener {

        /** All lines have been taken after the channel was full. */
        void drained();

        /** Writing to the channel failed; nothing more can be written. */
        void lost(IOException e);
    }

    /**
     * @param channel a channel in blocking mode
     * @param fullAt waiting bytes from which the channel counts as full
     */
    public LineWriter(WritableByteChannel channel, int fullAt, Listener listener) {
        this.channel = channel;
        this.fullAt = fullAt;
        this.listener = listener;
    }

    @Override
    public EventWriter lines() {
        return current;
    }

    @Override
    public int handOver() {
        lock.lock();
        try {
            enqueue();
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

    /** Appends a few lines to the last buffer; otherwise enqueues them as a buffer of their own. */
    private void enqueue() {
        if (current.length() == 0) {
            return;
        }
        readyBytes += current.length();
        EventWriter last = ready.peekLast();
        if (last != null && last.length() + current.length() <= CHUNK) {
            last.append(current);
            current.clear();
        } else {
            ready.addLast(current);
            current = spare.isEmpty() ? new EventWriter() : spare.pop();
        }
    }

    /** Lets {@link #run} return after all lines are written. */
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

    /** Writes until {@link #end} is called or the channel fails. */
    @Override
    public void run() {
        Deque<EventWriter> taken = new ArrayDeque<>();
        try {
            while ((taken = take(taken)) != null) {
                EventWriter lines;
                while ((lines = taken.pollFirst()) != null) {
                    write(lines);
                    lines.clear();
                    recycle(lines);
                }
            }
        } catch (IOException e) {
            listener.lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void recycle(EventWriter empty) {
        lock.lock();
        try {
            if (spare.size() < MAX_SPARE) {
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
