package dev.livefeed.app.process;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/**
 * Limits reading to a number of bytes per second after a burst: a process that writes more waits, and uses no CPU
 * meanwhile.
 */
final class ThrottledStream extends FilterInputStream {

    private final long burst;
    private final double nanosPerByte;
    private double left;
    private long filledAt = System.nanoTime();

    ThrottledStream(InputStream in, long burst, long bytesPerSecond) {
        super(in);
        this.burst = burst;
        this.nanosPerByte = (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        this.left = burst;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = in.read(buffer, offset, length);
        long now = System.nanoTime();
        left = Math.min(burst, left + (now - filledAt) / nanosPerByte) - Math.max(0, n);
        filledAt = now;
        if (left < 0) {
            try {
                TimeUnit.NANOSECONDS.sleep((long) (-left * nanosPerByte));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        return n;
    }
}
