package dev.livefeed.app.process;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A stream whose reading can be paused, and that knows whether what was read ends with a line. For one reader. */
final class PausableStream extends FilterInputStream {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    private boolean paused;
    private volatile boolean open;
    private volatile long readAt = System.nanoTime();
    private volatile long bytes;

    PausableStream(InputStream in) {
        super(in);
    }

    /** Reads nothing more until {@link #resume}, except for a read that has begun. */
    void pause() {
        lock.lock();
        try {
            paused = true;
        } finally {
            lock.unlock();
        }
    }

    void resume() {
        lock.lock();
        try {
            paused = false;
            readAt = System.nanoTime();
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Milliseconds for which a line that could be read has not been continued; 0 if there is none. */
    long incompleteMillis() {
        lock.lock();
        try {
            return open && !paused ? (System.nanoTime() - readAt) / 1_000_000 : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes read so far. */
    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (paused) {
                resumed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        int n = in.read(buffer, offset, length);
        readAt = System.nanoTime();
        open = n > 0 && buffer[offset + n - 1] != '\n';
        bytes += Math.max(0, n);
        return n;
    }
}
