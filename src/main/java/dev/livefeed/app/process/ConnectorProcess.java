package dev.livefeed.app.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running connector process with its pipes and descendants. Signals are sent through the process handle, because
 * {@link Process#destroy} would also close the pipes and lose the output that the connector writes while it ends.
 */
final class ConnectorProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorProcess.class);
    /** Wait after the end of the process before a stdout that an unknown process holds open is no longer read. */
    private static final long ORPHAN_MILLIS = 2_500;
    /** A process that does not end within this time after SIGKILL is stuck in the kernel and is not waited for. */
    private static final long KILL_MILLIS = 2_000;

    private static final int UNKNOWN = -1;

    private final Process process;
    private final CommandPipe commands;
    private final StderrTail stderr;
    private final StdoutReader stdout;
    private final ProcessTree tree;
    private volatile boolean outlivedStdout;

    private ConnectorProcess(
            Process process, ProcessTree tree, CommandPipe commands, StderrTail stderr, StdoutReader stdout) {
        this.process = process;
        this.tree = tree;
        this.commands = commands;
        this.stderr = stderr;
        this.stdout = stdout;
    }

    /**
     * Starts a process.
     *
     * @param environment complete environment of the process, except for the mark
     * @param mark variable that all processes of this run inherit, {@code NAME=value}
     * @param reader creates the reader of stdout
     * @param redact removes secrets from a line of stderr
     * @param log receives the lines of stderr
     * @throws IOException if the program cannot be started
     */
    static ConnectorProcess start(
            List<String> command,
            Path workingDirectory,
            Map<String, String> environment,
            String mark,
            Function<InputStream, StdoutReader> reader,
            UnaryOperator<String> redact,
            Consumer<String> log)
            throws IOException {
        Process process = ChildProcess.start(command, workingDirectory, environment, mark);
        ProcessTree tree = new ProcessTree(process.toHandle(), mark);
        CommandPipe commands = new CommandPipe(process.getOutputStream());
        StderrTail stderr = new StderrTail(process.getErrorStream(), () -> !process.isAlive(), redact, log);
        ConnectorProcess started =
                new ConnectorProcess(process, tree, commands, stderr, reader.apply(process.getInputStream()));
        commands.start();
        stderr.start();
        return started;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether it has ended with exit status 0. */
    boolean succeeded() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    /** Number of lines that were read but not routed yet. */
    int pending() {
        return stdout.pending();
    }

    List<String> lastStderr() {
        return stderr.lastLines();
    }

    boolean send(byte[] command) {
        return commands.send(command);
    }

    /** Whether the routes do not accept lines of the process at the moment. */
    boolean held() {
        return stdout.held();
    }

    /** Milliseconds since stdout was last read; 0 while it is being read. */
    long unreadMillis() {
        return stdout.endedMillis();
    }

    /**
     * Passes on stdout until its end, including what the pipe contains when the process ends. Lines that the routes do
     * not accept in time are dropped then, so that a blocked line does not delay the next process.
     *
     * @param timeouts limits for the routes after the end of the process; called repeatedly
     */
    void readEvents(Supplier<DrainTimeouts> timeouts) throws InterruptedException {
        stdout.start();
        long endedAt = -1;
        long progressAt = -1;
        Object progress = null;
        while (!stdout.await(100)) {
            if (process.isAlive()) {
                continue;
            }
            long now = System.nanoTime() / 1_000_000;
            Object latest = stdout.progress();
            if (endedAt < 0 || !latest.equals(progress)) {
                endedAt = endedAt < 0 ? now : endedAt;
                progressAt = now;
                progress = latest;
            }
            if (stdout.idle()) {
                if (now - Math.max(endedAt, progressAt) > ORPHAN_MILLIS) {
                    stdout.giveUp();
                    LOG.warn("connector_stdout_given_up: the process has ended, but another one holds its stdout open");
                    return;
                }
            } else if (timeouts.get().expired(now - progressAt, now - endedAt)) {
                int dropped = stdout.drop();
                LOG.warn(
                        "feed_lines_not_routed pid={} lines={}: the process ended {} s ago, and the routes do not"
                                + " accept its last lines; they become dead letters",
                        process.pid(),
                        dropped,
                        (now - endedAt) / 1_000.0);
                return;
            }
        }
        if (stdout.failure() != null) {
            throw new IllegalStateException("a line could not be passed on", stdout.failure());
        }
    }

    /**
     * Returns the exit status, or -1 if the process does not end. Called after the end of stdout; a process that is
     * still alive after the given time is killed.
     */
    int exit(Duration wait) throws InterruptedException {
        if (!process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            outlivedStdout = true;
            process.toHandle().destroyForcibly();
            if (!process.waitFor(KILL_MILLIS, TimeUnit.MILLISECONDS)) {
                return UNKNOWN;
            }
        }
        return process.exitValue();
    }

    /** Whether the process closed its stdout and was killed because it did not exit. */
    boolean outlivedStdout() {
        return outlivedStdout;
    }

    /** Id and start time of the session, as passed to the {@link OrphanReaper}. */
    String session() {
        return tree.session();
    }

    /** Records the current descendants: some cannot be found any more after the connector has ended. */
    void recordDescendants() {
        tree.recordDescendants();
    }

    /** Sends {@code stop} and closes stdin, then sends SIGTERM, then SIGKILL to the process and all its descendants. */
    void stop(Duration beforeTerm, Duration beforeKill) throws InterruptedException {
        tree.recordDescendants();
        commands.stop();
        if (!process.waitFor(beforeTerm.toMillis(), TimeUnit.MILLISECONDS)) {
            tree.each(ProcessHandle::destroy);
            process.toHandle().destroy();
            process.waitFor(beforeKill.toMillis(), TimeUnit.MILLISECONDS);
        }
        kill();
    }

    /** Kills the process and all its descendants. */
    void kill() {
        process.toHandle().destroyForcibly();
        tree.kill();
    }

    /** Kills the processes that remain after the connector has ended. */
    void killDescendants() {
        tree.kill();
    }

    /** Reads the rest of stderr and releases the pipes. */
    void close() throws InterruptedException {
        stdout.giveUp();
        killDescendants();
        stderr.await(1_000);
        commands.close();
    }
}
