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
 * One running connector: its pipes, its descendants, and its end. Signals go through the process handle: {@link
 * Process#destroy} would close the pipes as well, and with them what the connector says while it ends.
 */
final class ConnectorProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorProcess.class);
    /** After its death, until a stdout is given up that some process keeps open which nobody knows of. */
    private static final long ORPHAN_MILLIS = 2_500;
    /** A process that is killed and does not go is stuck in the kernel; nobody waits for it. */
    private static final long KILLED_MILLIS = 2_000;

    private static final int UNKNOWN = -1;

    private final Process process;
    private final CommandPipe commands;
    private final StderrTail stderr;
    private final StdoutReader stdout;
    private final ConnectorFamily family;

    private ConnectorProcess(
            Process process, ConnectorFamily family, CommandPipe commands, StderrTail stderr, StdoutReader stdout) {
        this.process = process;
        this.family = family;
        this.commands = commands;
        this.stderr = stderr;
        this.stdout = stdout;
    }

    /**
     * Starts a process.
     *
     * @param environment all that it gets of the environment, except for the mark
     * @param mark a variable that all processes of this run carry, {@code NAME=value}
     * @param reader makes the reader of its stdout
     * @throws IOException where the program cannot be started
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
        ProcessBuilder builder = new ProcessBuilder(SetsidCommand.command(command, workingDirectory, environment))
                .directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int equals = mark.indexOf('=');
        builder.environment().put(mark.substring(0, equals), mark.substring(equals + 1));
        Process process = builder.start();
        ConnectorFamily family = new ConnectorFamily(process.toHandle(), mark);
        CommandPipe commands = new CommandPipe(process.getOutputStream());
        StderrTail stderr = new StderrTail(process.getErrorStream(), redact, log);
        ConnectorProcess started =
                new ConnectorProcess(process, family, commands, stderr, reader.apply(process.getInputStream()));
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

    /** Whether it has ended, with exit status 0. */
    boolean endedWell() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    /** Lines read and not yet routed. */
    int pending() {
        return stdout.pending();
    }

    List<String> lastStderr() {
        return stderr.lastLines();
    }

    boolean send(byte[] command) {
        return commands.send(command);
    }

    /** Whether lines of the process cannot be taken at the moment. */
    boolean held() {
        return stdout.held();
    }

    /** Since when nobody reads stdout any more, as a duration; 0 while somebody does. */
    long unreadMillis() {
        return stdout.endedMillis();
    }

    /**
     * Hands over stdout until its end, what the pipe held when the process died included. What the routes do not take
     * then is dropped: a line that is held for long must not keep the next process from being started.
     *
     * @param patience with the routes once the process is dead; asked each time
     */
    void readEvents(Supplier<DrainTimeouts> patience) throws InterruptedException {
        stdout.start();
        long diedAt = -1;
        long progressAt = -1;
        Object progress = null;
        while (!stdout.await(100)) {
            if (process.isAlive()) {
                continue;
            }
            long now = System.nanoTime() / 1_000_000;
            Object latest = stdout.progress();
            if (diedAt < 0 || !latest.equals(progress)) {
                diedAt = diedAt < 0 ? now : diedAt;
                progressAt = now;
                progress = latest;
            }
            if (stdout.idle()) {
                if (now - Math.max(diedAt, progressAt) > ORPHAN_MILLIS) {
                    stdout.giveUp();
                    LOG.warn("a process that the dead connector left behind holds its stdout open; it is not "
                            + "read any more");
                    return;
                }
            } else if (patience.get().atAnEnd(now - progressAt, now - diedAt)) {
                int dropped = stdout.drop();
                LOG.warn(
                        "feed_lines_not_routed pid={} lines={}: the process ended {} s ago, and the routes "
                                + "do not take its"
                                + " last lines; they are dead letters",
                        process.pid(),
                        dropped,
                        (now - diedAt) / 1_000.0);
                return;
            }
        }
        if (stdout.failure() != null) {
            throw new IllegalStateException("a line could not be handed over", stdout.failure());
        }
    }

    /** The exit status; to be asked for when stdout has ended. A process that closed stdout and lives on is ended. */
    int exit(Duration wait) throws InterruptedException {
        if (!process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            process.toHandle().destroyForcibly();
            if (!process.waitFor(KILLED_MILLIS, TimeUnit.MILLISECONDS)) {
                return UNKNOWN;
            }
        }
        return process.exitValue();
    }

    /** The session id as it is passed to the guard. */
    String session() {
        return family.session();
    }

    /** Notes which processes the connector has started: some are found no more once it is gone. */
    void noteDescendants() {
        family.note();
    }

    /** {@code stop} on stdin and its end, then SIGTERM, then SIGKILL, to the process and all it started. */
    void stop(Duration beforeTerm, Duration beforeKill) throws InterruptedException {
        family.note();
        commands.stop();
        if (!process.waitFor(beforeTerm.toMillis(), TimeUnit.MILLISECONDS)) {
            family.each(ProcessHandle::destroy);
            process.toHandle().destroy();
            process.waitFor(beforeKill.toMillis(), TimeUnit.MILLISECONDS);
        }
        kill();
    }

    /** SIGKILL to the process and all it started. */
    void kill() {
        process.toHandle().destroyForcibly();
        family.kill();
    }

    /** SIGKILL to what a dead connector left behind. */
    void killDescendants() {
        family.kill();
    }

    /** Takes what is left of stderr and frees the pipes. */
    void close() throws InterruptedException {
        stdout.giveUp();
        killDescendants();
        stderr.await(1_000);
        commands.close();
    }
}
