package dev.livefeed.terminal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * The body of a response that does not end by itself. A read from a broken connection
 * could block for ever, so the connection is closed after a time without data.
 */
final class SilentConnection extends FilterInputStream {

    private final Duration limit;
    private final Thread watch = new Thread(this::watch, "stream-silence");
    private volatile long heardAt = System.nanoTime();
    private volatile boolean silent;

    /** @param limit longer than the pauses between the server's comments */
    SilentConnection(InputStream body, Duration limit) {
        super(body);
        this.limit = limit;
        watch.setDaemon(true);
        watch.start();
    }

    private void watch() {
        try {
            long left;
            while ((left = heardAt + limit.toNanos() - System.nanoTime()) > 0) {
                Thread.sleep(left / 1_000_000 + 1);
            }
            silent = true;
            super.close();
        } catch (InterruptedException | IOException e) {
            // It is closed.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int read;
        try {
            read = super.read(bytes, from, count);
        } catch (IOException e) {
            throw silent ? silence(e) : e;
        }
        heardAt = System.nanoTime();
        if (read < 0 && silent) {
            throw silence(null);
        }
        return read;
    }

    private IOException silence(IOException cause) {
        return new IOException("nothing came for " + limit.toSeconds() + " s", cause);
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        super.close();
    }
}
