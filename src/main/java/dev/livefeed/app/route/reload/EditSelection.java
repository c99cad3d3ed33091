package dev.livefeed.app.route.reload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.spi.Registry;

/**
 * Selects the changed files to apply. All changes are tried together with the running files. A file with a fault is
 * held back: a changed file stays as it last ran, a new one is not loaded, a deleted one is kept. The rest is tried
 * again until it is valid. Finally, each file that was held back only because it did not fit the others is tried again
 * together with the valid ones.
 */
final class EditSelection {

    /** Maximum number of second attempts: each costs a trial that delays the valid files. */
    private static final int MAX_SECOND_TRIES = 16;

    private final RouteFiles files;
    private final RouteTrial trial;
    private final Registry registry;
    private final Map<String, byte[]> running;
    private final Map<String, FileRoutes> runningRoutes;
    private final Map<String, byte[]> now;
    private final Map<String, RouteFault> held;
    private final Set<String> taken;
    private TrialResult good;

    /**
     * Runs the trials.
     *
     * @param running contents of the running files
     * @param runningRoutes their routes
     * @param now the current files
     * @param before known faults of files, which need no trial
     */
    EditSelection(
            RouteFiles files,
            RouteTrial trial,
            Registry registry,
            Map<String, byte[]> running,
            Map<String, FileRoutes> runningRoutes,
            Map<String, byte[]> now,
            Map<String, RouteFault> before) {
        this.files = files;
        this.trial = trial;
        this.registry = registry;
        this.running = running;
        this.runningRoutes = runningRoutes;
        this.now = now;
        held = new TreeMap<>(before);
        taken = changes(running, now);
        taken.removeAll(held.keySet());
        holdBack();
    }

    /** Names of files that are new, changed or deleted. */
    static Set<String> changes(Map<String, byte[]> running, Map<String, byte[]> now) {
        Set<String> names = new TreeSet<>(running.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> Arrays.equals(running.get(name), now.get(name)));
        return names;
    }

    /** The changed files to apply; may be empty. */
    Set<String> taken() {
        return taken;
    }

    /** The changed files that are held back, with the reason. */
    Map<String, RouteFault> held() {
        return held;
    }

    /** All files after the change is applied. */
    Map<String, byte[]> contents() {
        return with(taken);
    }

    /** Their routes. */
    Map<String, FileRoutes> routes() {
        return good == null ? runningRoutes : good.routes();
    }

    private void holdBack() {
        Set<String> doubtful = new LinkedHashSet<>();
        while (!taken.isEmpty()) {
            TrialResult verdict = tryFiles(taken);
            if (verdict.good()) {
                good = verdict;
                break;
            }
            boolean joint = verdict.own().isEmpty();
            Map<String, RouteFault> blamed = blamed(verdict);
            held.putAll(blamed);
            taken.removeAll(blamed.keySet());
            if (joint) {
                doubtful.addAll(blamed.keySet());
            }
        }
        boolean more = doubtful.size() > 1 || !doubtful.isEmpty() && !taken.isEmpty();
        for (int tries = 0; more && tries < MAX_SECOND_TRIES; ) {
            more = false;
            for (String name : List.copyOf(doubtful)) {
                if (tries >= MAX_SECOND_TRIES) {
                    return;
                }
                Set<String> larger = new TreeSet<>(taken);
                larger.add(name);
                TrialResult verdict = tryFiles(larger);
                tries++;
                if (verdict.good()) {
                    good = verdict;
                    taken.add(name);
                    held.remove(name);
                    doubtful.remove(name);
                    more = true;
                }
            }
        }
    }

    /** The changed files at fault; all of them if a fault belongs to no file. */
    private Map<String, RouteFault> blamed(TrialResult verdict) {
        Map<String, RouteFault> blamed = new HashMap<>();
        for (RouteFault fault : verdict.faults()) {
            if (fault.file() != null && taken.contains(fault.file())) {
                blamed.putIfAbsent(fault.file(), describeDeletion(fault));
            }
        }
        if (blamed.isEmpty()) {
            taken.forEach(name ->
                    blamed.put(name, describeDeletion(verdict.faults().get(0).in(name))));
        }
        return blamed;
    }

    private RouteFault describeDeletion(RouteFault fault) {
        return now.containsKey(fault.file())
                ? fault
                : new RouteFault(
                        fault.file(), null, fault.step(), "the file was deleted: " + fault.reason(), fault.of());
    }

    private TrialResult tryFiles(Set<String> changed) {
        Map<String, FileRoutes> before = new HashMap<>(runningRoutes);
        before.keySet().retainAll(changed);
        return trial.tryFiles(files, with(changed), changed, before, registry);
    }

    private Map<String, byte[]> with(Set<String> changed) {
        Map<String, byte[]> contents = new TreeMap<>(running);
        for (String name : changed) {
            if (now.containsKey(name)) {
                contents.put(name, now.get(name));
            } else {
                contents.remove(name);
            }
        }
        return contents;
    }
}
