package dev.livefeed.connector.out;

import dev.livefeed.event.EventWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes lines on a thread of its own, so that only that thread waits for the reader of the channel.
 *
 * <p>Three buffers go round: the feed's thread fills {@link #lines}, {@link #handOver} passes them on, and the writing
 * thread takes all that was passed on at once. So an idle channel gets each line at once and a busy one gets many lines a
 * write.
 */
public final class LineWriter implements LineSink, Runnable {

    private final WritableByteChannel channel;
    private final int fullAt;
    private final Listener listener;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(64 * 1024);

    /** Belongs to the feed's thread. */
    private EventWriter front = new EventWriter();

    // Between the threads, under the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private EventWriter ready = new EventWriter();
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
            if (ready.length() == 0) {
                EventWriter lines = front;
                front = ready;
                ready = lines;
            } else {
                ready.append(front);
                front.clear();
            }
            if (waiting && ready.length() > 0) {
                waiting = false;
                changed.signal();
            }
            full = ready.length() >= fullAt;
            return ready.length();
        } finally {
            lock.unlock();
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
        EventWriter taken = new EventWriter();
        try {
            while ((taken = take(taken)) != null) {
                write(taken);
                taken.clear();
            }
        } catch (IOException e) {
            listener.lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EventWriter take(EventWriter empty) throws InterruptedException {
        boolean wasFull;
        EventWriter lines;
        lock.lockInterruptibly();
        try {
            while (ready.length() == 0) {
                if (ending) {
                    return null;
                }
                waiting = true;
                changed.await();
            }
            lines = ready;
            ready = empty;
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
