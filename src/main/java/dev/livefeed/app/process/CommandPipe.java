package dev.livefeed.app.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Writes command lines to a process's stdin on a separate thread, because a connector may never read them. */
final class CommandPipe {

    private static final int CAPACITY = 10_000;
    private static final byte[] STOP = "{\"command\":\"stop\"}\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] END = {};

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

    /** Queues a line, including its line end; false if the queue is full. */
    boolean send(byte[] line) {
        return queue.offer(line);
    }

    /** Drops the queued lines, sends the stop command and closes stdin. Does not wait. */
    void stop() {
        queue.clear();
        queue.offer(STOP);
    }

    /** Drops the queued lines and closes stdin. Does not wait. */
    void end() {
        queue.clear();
        queue.offer(END);
    }

    /** Stops the thread. Called when the process has ended. */
    void close() {
        thread.interrupt();
    }

    private void write() {
        try (OutputStream stdin = out) {
            byte[] line;
            do {
                line = queue.take();
                stdin.write(line);
                if (queue.isEmpty() || last(line)) {
                    stdin.flush();
                }
            } while (!last(line));
        } catch (IOException e) {
            // The connector has closed its stdin or has ended. It need not read commands.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean last(byte[] line) {
        return line == STOP || line == END;
    }
}
