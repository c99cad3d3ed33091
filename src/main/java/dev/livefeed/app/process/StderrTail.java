package dev.livefeed.app.process;

import dev.livefeed.logging.LineBudget;
import dev.livefeed.logging.LogLimits;
import dev.livefeed.logging.SuppressedLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Reads a process's stderr, logs its lines within a budget and keeps the last ones. A line that is repeated within a
 * minute is counted, not logged. Secrets are removed only from lines that are logged or shown.
 */
final class StderrTail {

    /** Begins a line about lines that were not logged. */
    static final String LEFT_OUT = "connector_stderr_left_out";

    private static final int KEPT_LINES = 20;
    private static final int MAX_LINE = 2_000;
    private static final int READ_BURST = 8 * 1024 * 1024;
    private static final int READ_PER_SECOND = 2 * 1024 * 1024;
    /** After this time without a byte, a line without a line end is complete. */
    private static final long QUIET_MILLIS = 1_000;

    private static final long REPEAT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final InputStream in;
    private final UnaryOperator<String> redact;
    private final Consumer<String> log;
    private final int perSecond = LogLimits.current().stderrPerSecond();
    private final LineBudget budget =
            new LineBudget(perSecond, Math.max(1, perSecond * LogLimits.BURST_SECONDS), System::nanoTime);
    private final Deque<byte[]> last = new ArrayDeque<>();
    private final Thread thread;
    private volatile long lines;
    private byte[] logged = {};
    private long loggedAt;

    /**
     * @param ended whether the process has ended
     * @param redact removes secrets from a line
     */
    StderrTail(InputStream in, BooleanSupplier ended, UnaryOperator<String> redact, Consumer<String> log) {
        this.in = new ThrottledStream(new QuietLineStream(in, QUIET_MILLIS, ended), READ_BURST, READ_PER_SECOND);
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
        List<byte[]> lines;
        synchronized (last) {
            lines = List.copyOf(last);
        }
        return lines.stream().map(this::text).toList();
    }

    /** Number of lines so far, those that were not logged included. */
    long lines() {
        return lines;
    }

    /** Waits until the rest has been read after the end of the process. */
    void await(long millis) throws InterruptedException {
        thread.join(millis);
    }

    private void drain() {
        try {
            new LineReader(in, 64 * 1024, new LineReader.Sink() {
                        @Override
                        public void line(byte[] line) {
                            keep(line);
                        }

                        @Override
                        public void tooLong(long length, byte[] head) {
                            keep((new String(head, StandardCharsets.UTF_8) + "… (" + length + " bytes)")
                                    .getBytes(StandardCharsets.UTF_8));
                        }
                    })
                    .readAll();
        } catch (IOException e) {
            // The pipe was closed: the process has ended.
        }
        report(budget.rest());
    }

    private void keep(byte[] line) {
        lines++;
        synchronized (last) {
            if (last.size() == KEPT_LINES) {
                last.removeFirst();
            }
            last.addLast(line);
        }
        if (perSecond > 0 && Arrays.equals(line, logged) && System.nanoTime() - loggedAt < REPEAT_NANOS) {
            budget.leaveOut();
            SuppressedLines.STDERR.add();
        } else if (budget.take()) {
            logged = line;
            loggedAt = System.nanoTime();
            log.accept(text(line));
        } else {
            SuppressedLines.STDERR.add();
        }
        report(budget.due());
    }

    private void report(long count) {
        if (count > 0) {
            log.accept(LEFT_OUT + " count=" + count + ": repeated, or more than " + perSecond
                    + " a second (LOG_STDERR_PER_SECOND)");
        }
    }

    private String text(byte[] line) {
        String text = redact.apply(new String(line, StandardCharsets.UTF_8));
        return text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE) + "…";
    }
}
