package dev.livefeed.app.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of a few lines of shell that outlives this one where this one is killed with SIGKILL, ends the connectors
 * that are left, and then itself. It has a session of its own, so that what a terminal sends to the application does
 * not reach it, and holds nothing of the application open. If it is killed, another one takes its place.
 */
final class KillGuard {

    private static final Logger LOG = LoggerFactory.getLogger(KillGuard.class);
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int LOOKS_A_SECOND = 4;
    private static final Duration QUIT = Duration.ofSeconds(1);
    /**
     * A guard that has lived for this time is considered healthy; the number of shorter-lived ones in a row is
     * limited.
     */
    private static final Duration GROWN_UP = Duration.ofSeconds(10);

    private static final int TRIES = 3;

    private final List<String> command;
    private final Set<String> sessions = new LinkedHashSet<>();
    /** Writes to the guard use their own thread: a stopped (SIGSTOP) guard does not read. */
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread made = new Thread(task, "connector-guard");
        made.setDaemon(true);
        return made;
    });

    private Process process;
    private long startedAt;
    private int failures;
    private boolean closed;

    /**
     * @param mark what all variables of the connectors' environments begin with, {@code NAME=value}
     * @param beforeTerm what the connectors have to end by themselves
     * @param beforeKill from SIGTERM to SIGKILL
     */
    KillGuard(String mark, Duration beforeTerm, Duration beforeKill) {
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setKeepAliveTime(5, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        List<String> guard =
                List.of(SHELL.toString(), "-c", script(), "livefeed-guard", mark, looks(beforeTerm), looks(beforeKill));
        command = SetsidCommand.command(guard, Path.of("/"), Map.of());
    }

    private static String looks(Duration wait) {
        return Long.toString(wait.toMillis() * LOOKS_A_SECOND / 1_000);
    }

    private static String script() {
        try (InputStream in = KillGuard.class.getResourceAsStream("guard.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it where it does not run; does nothing on a system without {@code /proc} or shell. */
    synchronized void start() {
        if (closed || process != null || !ProcessTable.available() || !Files.isExecutable(SHELL)) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        String path = builder.environment().get("PATH");
        builder.environment().clear();
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        try {
            Process started = builder.start();
            process = started;
            startedAt = System.nanoTime();
            sessions.forEach(session -> tell(started, "watch " + session));
            started.onExit().thenAccept(this::ended);
        } catch (IOException e) {
            LOG.warn(
                    "connector_guard_missing reason=\"{}\": connectors may outlive a SIGKILL of this process",
                    e.getMessage());
        }
    }

    /** @param session id and start time of a connector's session */
    synchronized void watch(String session) {
        sessions.add(session);
        tell(process, "watch " + session);
    }

    /** The session is empty. */
    synchronized void forget(String session) {
        if (sessions.remove(session)) {
            tell(process, "forget " + session);
        }
    }

    /** Ends it, having waited for that. */
    void close() throws InterruptedException {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
            tell(last, "quit");
            thread.shutdown();
        }
        if (last != null && !last.waitFor(QUIT.toMillis(), TimeUnit.MILLISECONDS)) {
            last.destroyForcibly();
        }
    }

    private synchronized void ended(Process gone) {
        if (closed || gone != process) {
            return;
        }
        process = null;
        boolean young = System.nanoTime() - startedAt < GROWN_UP.toNanos();
        failures = young ? failures + 1 : 1;
        if (failures > TRIES) {
            LOG.warn(
                    "connector_guard_missing exit={}: it does not stay; connectors may outlive a SIGKILL of this"
                            + " process until the next start of a connector",
                    gone.exitValue());
            failures = 0;
            return;
        }
        LOG.warn("connector_guard_died pid={} exit={}; another one is started", gone.pid(), gone.exitValue());
        thread.schedule(this::start, young ? 1_000 : 0, TimeUnit.MILLISECONDS);
    }

    private void tell(Process guard, String line) {
        if (guard != null && !thread.isShutdown()) {
            thread.execute(() -> {
                try {
                    OutputStream in = guard.getOutputStream();
                    in.write((line + '\n').getBytes(StandardCharsets.US_ASCII));
                    in.flush();
                } catch (IOException e) {
                    LOG.debug("the guard is gone", e);
                }
            });
        }
    }
}
