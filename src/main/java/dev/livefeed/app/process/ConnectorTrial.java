package dev.livefeed.app.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A connector process that is started as the application starts it, for a look at it without routes. Whatever happens,
 * {@link #close} or the end of this JVM ends the process and its descendants.
 */
public final class ConnectorTrial implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Receives what the process writes. Called by the threads that read its pipes, never by two at the same time. */
    public interface Listener {

        /** A line of stdout without its line end. */
        void line(byte[] line);

        /** A line of stdout that exceeds the limit and was skipped, with its length and its first bytes. */
        void tooLong(long length, byte[] head);

        /** A line of stderr. */
        void log(String line);
    }

    private final Process process;
    private final ProcessTree tree;
    private final CommandPipe commands;
    private final StderrTail stderr;
    private final PausableStream stdout;
    private final OrphanReaper reaper;
    private final Thread atExit = new Thread(this::kill, "connector-trial-end");
    private final CountDownLatch stdoutEnded = new CountDownLatch(1);

    private ConnectorTrial(
            Process process, String mark, OrphanReaper reaper, UnaryOperator<String> redact, Listener to) {
        this.process = process;
        this.reaper = reaper;
        this.tree = new ProcessTree(process.toHandle(), mark);
        this.commands = new CommandPipe(process.getOutputStream());
        this.stdout = new PausableStream(process.getInputStream());
        this.stderr = new StderrTail(process.getErrorStream(), () -> !process.isAlive(), redact, line -> {
            synchronized (to) {
                if (!line.startsWith(StderrTail.LEFT_OUT)) {
                    to.log(line);
                }
            }
        });
    }

    /**
     * Starts a connector.
     *
     * @param environment complete environment of the process
     * @param maxLine maximum length of a line of stdout in bytes
     * @param redact removes secrets from lines of stderr
     * @throws IOException if the program cannot be started
     */
    public static ConnectorTrial start(
            List<String> command,
            Path workingDirectory,
            Map<String, String> environment,
            int maxLine,
            UnaryOperator<String> redact,
            Listener listener)
            throws IOException {
        String mark = Supervisor.RUN + "=" + UUID.randomUUID();
        OrphanReaper reaper = new OrphanReaper(mark, GRACE, GRACE);
        Process process = ChildProcess.start(command, workingDirectory, environment, mark);
        reaper.start();
        ConnectorTrial trial = new ConnectorTrial(process, mark, reaper, redact, listener);
        Runtime.getRuntime().addShutdownHook(trial.atExit);
        reaper.watch(trial.tree.session());
        trial.commands.start();
        trial.stderr.start();
        trial.readStdout(maxLine, listener);
        return trial;
    }

    private void readStdout(int maxLine, Listener to) {
        LineReader lines = new LineReader(stdout, maxLine, new LineReader.Sink() {
            @Override
            public void line(byte[] line) {
                synchronized (to) {
                    to.line(line);
                }
            }

            @Override
            public void tooLong(long length, byte[] head) {
                synchronized (to) {
                    to.tooLong(length, head);
                }
            }
        });
        Thread reader = new Thread(
                () -> {
                    try {
                        lines.readAll();
                    } catch (IOException e) {
                        // The pipe was closed: the process has ended.
                    } finally {
                        stdoutEnded.countDown();
                    }
                },
                "connector-stdout");
        reader.setDaemon(true);
        reader.start();
    }

    /** Whether the process runs and has not closed stdout, which is its end too. */
    public boolean alive() {
        return process.isAlive() && stdoutEnded.getCount() > 0;
    }

    /** Number of lines of stderr so far. */
    public long logLines() {
        return stderr.lines();
    }

    /** Waits until stderr has been read to its end after the end of the process; for at most two seconds. */
    public void awaitLog() throws InterruptedException {
        stderr.await(GRACE.toMillis());
    }

    /** Sends a line to stdin; a connector that does not read it does not block the caller. */
    public void send(String line) {
        commands.send((line + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Closes stdin. */
    public void endInput() {
        commands.end();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Reads nothing from stdout until {@link #resume}. */
    public void pause() {
        stdout.pause();
    }

    public void resume() {
        stdout.resume();
    }

    /** Milliseconds for which the process has not continued an incomplete line; 0 if there is none. */
    public long incompleteMillis() {
        return stdout.incompleteMillis();
    }

    /** Bytes read from stdout so far. */
    public long bytes() {
        return stdout.bytes();
    }

    /** Waits for the end of the process and of its output; returns the exit status, or -1 if it is still running. */
    public int exit(Duration wait) throws InterruptedException {
        tree.recordDescendants();
        long until = System.nanoTime() + wait.toNanos();
        if (!process.waitFor(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return -1;
        }
        long left = Math.max(TimeUnit.MILLISECONDS.toNanos(500), until - System.nanoTime());
        stdoutEnded.await(Math.min(left, GRACE.toNanos()), TimeUnit.NANOSECONDS);
        return process.exitValue();
    }

    /** The descendants that are alive: id and program of each. */
    public List<String> descendants() {
        return tree.pids().stream().map(ConnectorTrial::named).toList();
    }

    private static String named(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().command())
                .map(program -> pid + " (" + program + ')')
                .orElse(Long.toString(pid));
    }

    private void kill() {
        process.toHandle().destroyForcibly();
        tree.kill();
    }

    @Override
    public void close() {
        stdout.resume();
        tree.recordDescendants();
        kill();
        commands.close();
        try {
            stderr.await(GRACE.toMillis());
            reaper.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is ending, and runs the hook.
        }
    }
}
