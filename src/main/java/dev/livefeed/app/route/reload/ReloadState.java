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

/** What the reloader has done and what keeps it from doing more, for health and the log. Thread safe. */
final class ReloadState {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReloader.class);
    /** A look and the trials it leads to are over by then, or something hangs. */
    private static final Duration STUCK = Duration.ofMinutes(2);
    /** A fault that is nobody's, such as a data base that a bean of the trial does not reach, may pass. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final String from;
    private final Instant begun = Instant.now();
    private final Map<String, byte[]> told = new HashMap<>();
    private Map<String, RouteFault> refused = Map.of();
    private Instant decidedAt = Instant.now();
    private Instant checkedAt;
    private Instant busySince;
    private Instant lastReload;
    private String lookError;
    private String notPutBack;
    private long reloads;
    private long refusals;

    ReloadState(String from) {
        this.from = from;
    }

    /** A look begins. */
    synchronized void busy() {
        busySince = Instant.now();
    }

    /** A look has ended, well or not. */
    synchronized void idle() {
        busySince = null;
    }

    /** The files were read, and what has changed was decided on. */
    synchronized void looked() {
        checkedAt = Instant.now();
        if (lookError != null) {
            LOG.info("routes_looked_at_again from={}", from);
            lookError = null;
        }
    }

    /** The files could not be read, or not be decided on; the same reason is logged once. */
    synchronized void lookFailed(String reason) {
        if (!reason.equals(lookError)) {
            lookError = reason;
            LOG.warn(
                    "routes_not_looked_at from={} reason=\"{}\"; the running routes stay, and it is tried again each second",
                    from,
                    reason);
        }
    }

    /** Whether the last look failed. */
    synchronized boolean failing() {
        return lookError != null;
    }

    /** Whether the decision is due again though no file has changed. */
    synchronized boolean undecided() {
        return lookError != null
                || refused.values().stream().anyMatch(fault -> fault.of() != RouteFault.Of.FILE)
                        && decidedAt.plus(AGAIN).isBefore(Instant.now());
    }

    synchronized void reloaded() {
        reloads++;
        lastReload = Instant.now();
        notPutBack = null;
    }

    /** How many edits were taken over. */
    synchronized long reloads() {
        return reloads;
    }

    /** How many edits were refused; one file that is edited again counts again. */
    synchronized long refusals() {
        return refusals;
    }

    synchronized void putBack() {
        notPutBack = null;
    }

    synchronized void notPutBack(Set<String> files, String reason) {
        notPutBack = "the routes of " + files + " do not run as they did before an edit (" + reason
                + "); restart the application";
    }

    /**
     * Files that stay as they were. Each is logged once, and again when its content has changed.
     *
     * @param now contents of the files
     */
    synchronized void refused(Map<String, RouteFault> faults, Map<String, byte[]> now) {
        decidedAt = Instant.now();
        told.keySet().retainAll(faults.keySet());
        faults.forEach((name, fault) -> {
            byte[] content = now.getOrDefault(name, new byte[0]);
            byte[] before = told.put(name, content);
            if (before == null || !Arrays.equals(before, content)) {
                refusals++;
                LOG.warn("route_edit_refused {}; the running routes stay", fault.text());
            }
        });
        refused = new TreeMap<>(faults);
    }

    synchronized RoutesBody body() {
        return new RoutesBody(
                from,
                new RoutesBody.Edits(
                        reloads,
                        lastReload,
                        refused.values().stream().map(RouteFault::text).toList(),
                        refused.values().stream().map(RouteFault::body).toList(),
                        checkedAt,
                        seconds(checkedAt == null ? begun : checkedAt),
                        busySince,
                        lookError));
    }

    /** @param alive whether the thread that looks at the files lives */
    synchronized List<String> alarms(boolean alive) {
        List<String> alarms = new ArrayList<>();
        refused.values().forEach(fault -> alarms.add("route edit refused: " + fault.text()));
        if (lookError != null) {
            alarms.add("the route files cannot be looked at: " + lookError);
        }
        if (!alive) {
            alarms.add("edits of the routes are not taken: their thread has ended; restart the application");
        } else if (busySince != null && busySince.plus(STUCK).isBefore(Instant.now())) {
            alarms.add("edits of the routes are not taken: one has been looked at for " + (long) seconds(busySince)
                    + " s");
        }
        if (notPutBack != null) {
            alarms.add(notPutBack);
        }
        return alarms;
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
