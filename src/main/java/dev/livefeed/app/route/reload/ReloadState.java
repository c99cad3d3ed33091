package dev.livefeed.app.route.reload;

import dev.livefeed.app.api.response.RoutesBody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of the reloader, for health and the log. Thread-safe. */
final class ReloadState {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReloader.class);
    /** Maximum time of a check with its trials; beyond it something hangs. */
    private static final Duration STUCK = Duration.ofMinutes(2);
    /** Retry interval for a fault that belongs to no file, such as an unreachable database of a bean. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final String from;
    private final Map<String, byte[]> logged = new HashMap<>();
    private Map<String, RouteFault> refused = Map.of();
    // Ages are measured by the monotonic clock.
    private long decidedNanos = System.nanoTime();
    private long checkedNanos = System.nanoTime();
    private long busyNanos;
    private Instant checkedAt;
    private Instant busySince;
    private Instant lastReload;
    private String checkError;
    private String restoreFailed;

    ReloadState(String from) {
        this.from = from;
    }

    /** A check starts. */
    synchronized void busy() {
        busySince = Instant.now();
        busyNanos = System.nanoTime();
    }

    /** A check has ended, successfully or not. */
    synchronized void idle() {
        busySince = null;
    }

    /** The files were read and the changes were decided on. */
    synchronized void checkSucceeded() {
        checkedAt = Instant.now();
        checkedNanos = System.nanoTime();
        if (checkError != null) {
            LOG.info("route_check_resumed from={}", from);
            checkError = null;
        }
    }

    /** The files could not be read or decided on; the same reason is logged once. */
    synchronized void checkFailed(String reason) {
        if (!reason.equals(checkError)) {
            checkError = reason;
            LOG.warn(
                    "routes_not_looked_at from={} reason=\"{}\"; the running routes stay, and it is tried "
                            + "again each second",
                    from,
                    reason);
        }
    }

    /** Whether the last check failed. */
    synchronized boolean failing() {
        return checkError != null;
    }

    /** Whether the changes must be decided on again although no file has changed. */
    synchronized boolean undecided() {
        return checkError != null
                || refused.values().stream().anyMatch(fault -> fault.of() != RouteFault.Of.FILE)
                        && seconds(decidedNanos) > RETRY.toSeconds();
    }

    synchronized void reloaded() {
        lastReload = Instant.now();
        restoreFailed = null;
    }

    synchronized void restored() {
        restoreFailed = null;
    }

    synchronized void restoreFailed(Set<String> files, String reason) {
        restoreFailed = "the routes of " + files + " do not run as they did before an edit (" + reason
                + "); restart the application";
    }

    /**
     * Records files that are held back. Each is logged once, and again when its content changes.
     *
     * @param now current contents of the files
     * @return the faults that were logged
     */
    synchronized List<RouteFault> refused(Map<String, RouteFault> faults, Map<String, byte[]> now) {
        List<RouteFault> fresh = new ArrayList<>();
        decidedNanos = System.nanoTime();
        logged.keySet().retainAll(faults.keySet());
        faults.forEach((name, fault) -> {
            byte[] content = now.getOrDefault(name, new byte[0]);
            byte[] before = logged.put(name, content);
            if (before == null || !Arrays.equals(before, content)) {
                fresh.add(fault);
                LOG.warn("route_edit_refused {}; the running routes stay", fault.text());
            }
        });
        refused = new TreeMap<>(faults);
        return fresh;
    }

    /** @param reloads number of applied edits */
    synchronized RoutesBody body(long reloads, RoutesBody.Running running) {
        return new RoutesBody(
                from,
                new RoutesBody.Edits(
                        reloads,
                        lastReload,
                        refused.values().stream().map(RouteFault::text).toList(),
                        refused.values().stream().map(RouteFault::body).toList(),
                        running,
                        new RoutesBody.Checks(checkedAt, seconds(checkedNanos), busySince, checkError)));
    }

    /** @param alive whether the checking thread is alive */
    synchronized List<String> alarms(boolean alive, RoutesBody.Running running) {
        List<String> alarms = new ArrayList<>();
        running.failing()
                .forEach(failing -> alarms.add(failing.text()
                        + (failing.editedAt() == null
                                ? "; correct it"
                                : "; correct it, or go back to the version before by POST /routes/restore")));
        running.restored()
                .forEach(file -> alarms.add(file.file() + " does not run as it is on the disk: the version before was "
                        + "restored at " + file.at() + "; correct the file before the next start, which reads it"));
        refused.values().forEach(fault -> alarms.add("route edit refused: " + fault.text()));
        if (checkError != null) {
            alarms.add("the route files cannot be checked: " + checkError);
        }
        if (!alive) {
            alarms.add("edits of the routes are not applied: their thread has ended; restart the application");
        } else if (busySince != null && seconds(busyNanos) > STUCK.toSeconds()) {
            alarms.add("edits of the routes are not taken: one has been looked at for " + (long) seconds(busyNanos)
                    + " s");
        }
        if (restoreFailed != null) {
            alarms.add(restoreFailed);
        }
        return alarms;
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1_000_000 / 1000.0;
    }
}
