package dev.livefeed.app.process;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/**
 * Ends a line that its writer has not ended, after a quiet time, as for a prompt or a progress mark. For a single
 * reader.
 */
final class QuietLineStream extends FilterInputStream {

    private static final long POLL_MILLIS = 50;

    private final long quietMillis;
    private final BooleanSupplier ended;
    /** Whether bytes have come since the last line end. */
    private boolean open;

    /**
     * @param quietMillis time without a byte after which the line is ended
     * @param ended whether nothing more is written
     */
    QuietLineStream(InputStream in, long quietMillis, BooleanSupplier ended) {
        super(in);
        this.quietMillis = quietMillis;
        this.ended = ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (open && quiet()) {
            open = false;
            buffer[offset] = '\n';
            return 1;
        }
        int n = in.read(buffer, offset, length);
        if (n > 0) {
            open = buffer[offset + n - 1] != '\n';
        }
        return n;
    }

    private boolean quiet() throws IOException {
        long until = System.nanoTime() + quietMillis * 1_000_000;
        while (in.available() == 0 && !ended.getAsBoolean()) {
            if (System.nanoTime() - until >= 0) {
                return true;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        return false;
    }
}
