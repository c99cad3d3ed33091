package dev.livefeed.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Drains a process's stderr for as long as it lives, hands each line to the log and keeps the last ones. */
final class StderrTail {

    private static final int KEPT_LINES = 20;
    private static final int MAX_LINE = 2_000;

    private final InputStream in;
    private final UnaryOperator<String> redact;
    private final Consumer<String> log;
    private final Deque<String> last = new ArrayDeque<>();
    private final Thread thread;

    /** @param redact takes secrets out of a line before anything else sees it */
    StderrTail(InputStream in, UnaryOperator<String> redact, Consumer<String> log) {
        this.in = in;
        this.redact = redact;
        this.log = log;
        this.thread = new Thread(this::drain, "connector-stderr");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The last lines, oldest first. */
    List<String> lastLines() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    /** Waits for the rest after the process has ended. */
    void await(long millis) throws InterruptedException {
        thread.join(millis);
    }

    private void drain() {
        try {
            new LineReader(in, 64 * 1024, new LineReader.Sink() {
                        @Override
                        public void line(byte[] line) {
                            keep(new String(line, StandardCharsets.UTF_8));
                        }

                        @Override
                        public void tooLong(long length, byte[] head) {
                            keep(new String(head, StandardCharsets.UTF_8) + "… (" + length + " bytes)");
                        }
                    })
                    .readAll();
        } catch (IOException e) {
            // The pipe was closed under us: the process is gone.
        }
    }

    private void keep(String text) {
        String line = redact.apply(text);
        if (line.length() > MAX_LINE) {
            line = line.substring(0, MAX_LINE) + "…";
        }
        synchronized (last) {
            if (last.size() == KEPT_LINES) {
                last.removeFirst();
            }
            last.addLast(line);
        }
        log.accept(line);
    }
}
