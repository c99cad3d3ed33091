package dev.livefeed.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One running connector: its pipes, its descendants, and its end. */
final class ConnectorProcess {

    private final Process process;
    private final CommandPipe commands;
    private final StderrTail stderr;
    private final LineReader stdout;
    private final Set<ProcessHandle> descendants = new LinkedHashSet<>();

    private ConnectorProcess(Process process, CommandPipe commands, StderrTail stderr, LineReader stdout) {
        this.process = process;
        this.commands = commands;
        this.stderr = stderr;
        this.stdout = stdout;
    }

    /**
     * Starts a process.
     *
     * @param environment all that it gets of the environment
     * @throws IOException where the program cannot be started
     */
    static ConnectorProcess start(
            List<String> command,
            Path workingDirectory,
            Map<String, String> environment,
            int maxLine,
            LineReader.Sink events,
            UnaryOperator<String> redact,
            Consumer<String> log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        CommandPipe commands = new CommandPipe(process.getOutputStream());
        StderrTail stderr = new StderrTail(process.getErrorStream(), redact, log);
        LineReader stdout = new LineReader(process.getInputStream(), maxLine, events);
        ConnectorProcess started = new ConnectorProcess(process, commands, stderr, stdout);
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

    /** Hands over stdout until its end, what the pipe held when the process died included. */
    void readEvents() throws IOException {
        stdout.readAll();
    }

    /** The exit status; to be asked for when stdout has ended. A process that closed stdout and lives on is ended. */
    int exit(Duration wait) throws InterruptedException {
        if (!process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            process.waitFor();
        }
        return process.exitValue();
    }

    /** Notes which processes the connector has started: they are found no more once it is gone. */
    synchronized void noteDescendants() {
        descendants.removeIf(handle -> !handle.isAlive());
        process.descendants().forEach(descendants::add);
    }

    /** {@code stop} on stdin and its end, then SIGTERM, then SIGKILL, to the process and all it started. */
    void stop(Duration beforeTerm, Duration beforeKill) throws InterruptedException {
        noteDescendants();
        commands.stop();
        if (!process.waitFor(beforeTerm.toMillis(), TimeUnit.MILLISECONDS)) {
            noteDescendants();
            eachDescendant(ProcessHandle::destroy);
            process.destroy();
            process.waitFor(beforeKill.toMillis(), TimeUnit.MILLISECONDS);
        }
        kill();
    }

    /** SIGKILL to the process and all it started. */
    void kill() {
        noteDescendants();
        process.destroyForcibly();
        eachDescendant(ProcessHandle::destroyForcibly);
    }

    /** SIGKILL to what a dead connector left behind. */
    void killDescendants() {
        eachDescendant(ProcessHandle::destroyForcibly);
    }

    /** Takes what is left of stderr and frees the pipes. */
    void close() throws InterruptedException {
        killDescendants();
        stderr.await(1_000);
        commands.close();
    }

    private synchronized void eachDescendant(Consumer<ProcessHandle> action) {
        descendants.forEach(action);
    }
}
