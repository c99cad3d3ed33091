package dev.livefeed.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

    private final Process process;
    private final CommandPipe commands;
    private final StderrTail stderr;
    private final LineReader stdout;
    private final Gate gate;
    private final ConnectorFamily family;

    private ConnectorProcess(
            Process process, ConnectorFamily family, CommandPipe commands, StderrTail stderr, Gate gate, int maxLine) {
        this.process = process;
        this.family = family;
        this.commands = commands;
        this.stderr = stderr;
        this.gate = gate;
        this.stdout = new LineReader(process.getInputStream(), maxLine, gate);
    }

    /**
     * Starts a process.
     *
     * @param environment all that it gets of the environment, the mark but for
     * @param mark a variable that all processes of this run carry, {@code NAME=value}
     * @throws IOException where the program cannot be started
     */
    static ConnectorProcess start(
            List<String> command,
            Path workingDirectory,
            Map<String, String> environment,
            String mark,
            int maxLine,
            LineReader.Sink events,
            UnaryOperator<String> redact,
            Consumer<String> log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(OwnSession.command(command, workingDirectory, environment))
                .directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int equals = mark.indexOf('=');
        builder.environment().put(mark.substring(0, equals), mark.substring(equals + 1));
        Process process = builder.start();
        ConnectorFamily family = new ConnectorFamily(process.toHandle(), mark);
        CommandPipe commands = new CommandPipe(process.getOutputStream());
        StderrTail stderr = new StderrTail(process.getErrorStream(), redact, log);
        ConnectorProcess started = new ConnectorProcess(process, family, commands, stderr, new Gate(events), maxLine);
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

    /**
     * Hands over stdout until its end, what the pipe held when the process died included. It has a thread of its own,
     * since reading cannot be broken off where the process left another one behind that holds the pipe and is silent.
     */
    void readEvents() throws InterruptedException {
        Thread reader = new Thread(this::readAll, "connector-stdout");
        reader.setDaemon(true);
        reader.start();
        long diedAt = -1;
        while (reader.isAlive()) {
            reader.join(100);
            if (process.isAlive()) {
                continue;
            }
            long now = System.nanoTime() / 1_000_000;
            if (diedAt < 0) {
                diedAt = now;
            } else if (now - diedAt > ORPHAN_MILLIS && stdout.pending() == 0) {
                gate.shut = true;
                LOG.warn(
                        "a process that the dead connector left behind holds its stdout open; it is not read any more");
                return;
            }
        }
    }

    private void readAll() {
        try {
            stdout.readAll();
        } catch (IOException e) {
            LOG.debug("stdout of the connector broke off", e);
        }
    }

    /** The exit status; to be asked for when stdout has ended. A process that closed stdout and lives on is ended. */
    int exit(Duration wait) throws InterruptedException {
        if (!process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
        return process.exitValue();
    }

    /** Its session, as the guard is told of it. */
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
        killDescendants();
        stderr.await(1_000);
        commands.close();
    }

    /** Lets lines through until it is shut. */
    private static final class Gate implements LineReader.Sink {

        private final LineReader.Sink sink;
        private volatile boolean shut;

        private Gate(LineReader.Sink sink) {
            this.sink = sink;
        }

        @Override
        public void line(byte[] line) {
            if (!shut) {
                sink.line(line);
            }
        }

        @Override
        public void tooLong(long length, byte[] head) {
            if (!shut) {
                sink.tooLong(length, head);
            }
        }
    }
}
