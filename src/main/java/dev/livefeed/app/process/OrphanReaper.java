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
 * A shell process that ends the remaining connectors if this process is killed with SIGKILL, and then exits. It runs in
 * its own session, so that signals from a terminal do not reach it, and holds no files of the application open. If it
 * is killed, it is restarted.
 */
final class OrphanReaper {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanReaper.class);
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int POLLS_PER_SECOND = 4;
    private static final Duration QUIT = Duration.ofSeconds(2);
    /** A reaper that exits earlier counts as failed; the number of failures in a row is limited. */
    private static final Duration STABLE_AFTER = Duration.ofSeconds(10);

    private static final int MAX_FAILURES = 3;

    private final List<String> command;
    private final Set<String> sessions = new LinkedHashSet<>();
    /** Writes to the reaper, which does not read while it is stopped (SIGSTOP). */
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread daemon = new Thread(task, "connector-reaper");
        daemon.setDaemon(true);
        return daemon;
    });

    private Process process;
    private long startedAt;
    private int failures;
    private boolean closed;

    /**
     * @param mark prefix of the variable that all connector processes inherit, {@code NAME=value}
     * @param beforeTerm time for the connectors to end by themselves
     * @param beforeKill time from SIGTERM to SIGKILL
     */
    OrphanReaper(String mark, Duration beforeTerm, Duration beforeKill) {
        thread.setKeepAliveTime(5, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        List<String> reaper = List.of(
                SHELL.toString(), "-c", script(), "livefeed-reaper", mark, polls(beforeTerm), polls(beforeKill));
        command = SetsidCommand.command(reaper, Path.of("/"), Map.of());
    }

    private static String polls(Duration wait) {
        return Long.toString(wait.toMillis() * POLLS_PER_SECOND / 1_000);
    }

    private static String script() {
        try (InputStream in = OrphanReaper.class.getResourceAsStream("reaper.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the reaper if it is not running. Does nothing on a system without {@code /proc} or a shell. */
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
            sessions.forEach(session -> send(started, "watch " + session));
            started.onExit().thenAccept(this::ended);
        } catch (IOException e) {
            LOG.warn(
                    "connector_reaper_missing reason=\"{}\": connectors may outlive a SIGKILL of this process",
                    e.getMessage());
        }
    }

    /** @param session id and start time of the connector's session */
    synchronized void watch(String session) {
        sessions.add(session);
        send(process, "watch " + session);
    }

    /** Removes a session, whose processes have all ended. */
    synchronized void forget(String session) {
        if (sessions.remove(session)) {
            send(process, "forget " + session);
        }
    }

    /**
     * Stops the reaper and waits for its end.
     *
     * @return its exit status, or null if none is running
     */
    Integer close() throws InterruptedException {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
            send(last, "quit");
            thread.shutdown();
        }
        if (last != null && !last.waitFor(QUIT.toMillis(), TimeUnit.MILLISECONDS)) {
            last.destroyForcibly().waitFor();
        }
        return last == null ? null : last.exitValue();
    }

    private synchronized void ended(Process reaper) {
        if (closed || reaper != process) {
            return;
        }
        process = null;
        boolean shortLived = System.nanoTime() - startedAt < STABLE_AFTER.toNanos();
        failures = shortLived ? failures + 1 : 1;
        if (failures > MAX_FAILURES) {
            LOG.warn(
                    "connector_reaper_missing exit={}: it ends repeatedly; connectors may outlive a SIGKILL of this"
                            + " process until the next start of a connector",
                    reaper.exitValue());
            failures = 0;
            return;
        }
        LOG.warn("connector_reaper_died pid={} exit={}; it is restarted", reaper.pid(), reaper.exitValue());
        thread.schedule(this::start, shortLived ? 1_000 : 0, TimeUnit.MILLISECONDS);
    }

    private void send(Process reaper, String line) {
        if (reaper != null && !thread.isShutdown()) {
            thread.execute(() -> {
                try {
                    OutputStream in = reaper.getOutputStream();
                    in.write((line + '\n').getBytes(StandardCharsets.US_ASCII));
                    in.flush();
                } catch (IOException e) {
                    LOG.debug("the reaper has ended", e);
                }
            });
        }
    }
}
