package dev.livefeed.app.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes command lines to a process's stdin from a thread of its own, so that a connector that never reads them holds
 * nobody up.
 */
final class CommandPipe {

    private static final int CAPACITY = 10_000;
    private static final byte[] STOP = "{\"command\":\"stop\"}\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final Thread thread;

    CommandPipe(OutputStream out) {
        this.out = out;
        this.thread = new Thread(this::write, "connector-commands");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes a line with its line end; false where too many are waiting already. */
    boolean send(byte[] line) {
        return queue.offer(line);
    }

    /** Drops what waits, asks the connector to stop and closes its stdin. Does not wait. */
    void stop() {
        queue.clear();
        queue.offer(STOP);
    }

    /** Ends the thread once the process is gone. */
    void close() {
        thread.interrupt();
    }

    private void write() {
        try (OutputStream stdin = out) {
            byte[] line;
            do {
                line = queue.take();
                stdin.write(line);
                if (queue.isEmpty() || line == STOP) {
                    stdin.flush();
                }
            } while (line != STOP);
        } catch (IOException e) {
            // The connector closed its stdin or is gone; it need not take commands.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
