package dev.livefeed.app.route.reload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.camel.spi.Registry;

/**
 * Selects the changed files to apply. All changes are tried together with the running files. A file with a fault is
 * held back: a changed file stays as it last ran, a new one is not loaded, a deleted one is kept. The rest is tried
 * again until it is valid. Finally, each file that was held back only because it did not fit the others is tried again
 * together with the valid ones.
 *
 * <p>Files that were refused before come later: what has changed since is tried without them first, and if that is
 * valid, they are postponed until it runs.
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
    private final Map<String, RouteFault> refused;
    private final BooleanSupplier edited;
    private final Set<String> taken;
    private final Set<String> postponed = new TreeSet<>();
    private TrialResult good;

    /**
     * Faults of files from before.
     *
     * @param known those that need no trial
     * @param refused those of files that were refused with the same content, and may be valid now
     */
    record Earlier(Map<String, RouteFault> known, Map<String, RouteFault> refused) {}

    /**
     * Runs the trials.
     *
     * @param running contents of the running files
     * @param runningRoutes their routes
     * @param now the current files
     * @param earlier faults that are known from before
     * @param edited whether the files have changed again, so that attempts which can wait are left out
     */
    EditSelection(
            RouteFiles files,
            RouteTrial trial,
            Registry registry,
            Map<String, byte[]> running,
            Map<String, FileRoutes> runningRoutes,
            Map<String, byte[]> now,
            Earlier earlier,
            BooleanSupplier edited) {
        this.files = files;
        this.trial = trial;
        this.registry = registry;
        this.running = running;
        this.runningRoutes = runningRoutes;
        this.now = now;
        held = new TreeMap<>(earlier.known());
        taken = changes(running, now);
        taken.removeAll(held.keySet());
        refused = new TreeMap<>(earlier.refused());
        refused.keySet().retainAll(taken);
        this.edited = edited;
        if (!tookNewEdits()) {
            holdBack();
        }
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

    /** The changed files that were not decided on; those that were refused before are held back meanwhile. */
    Set<String> postponed() {
        return postponed;
    }

    /** All files after the change is applied. */
    Map<String, byte[]> contents() {
        return with(taken);
    }

    /** Their routes. */
    Map<String, FileRoutes> routes() {
        return good == null ? runningRoutes : good.routes();
    }

    /** Whether there are valid files among those that have changed since others were refused. */
    private boolean tookNewEdits() {
        Set<String> fresh = new TreeSet<>(taken);
        fresh.removeAll(refused.keySet());
        if (refused.isEmpty()) {
            return false;
        }
        while (!fresh.isEmpty()) {
            TrialResult verdict = tryFiles(fresh);
            if (verdict.good()) {
                if (!keepsInputs(fresh, verdict)) {
                    return false;
                }
                good = verdict;
                postponed.addAll(taken);
                postponed.removeAll(fresh);
                taken.retainAll(fresh);
                held.putAll(refused);
                return true;
            }
            fresh.removeAll(blamed(verdict, fresh).keySet());
        }
        return false;
    }

    /** Whether all endpoints keep a route; one may be about to move to a file that was refused. */
    private boolean keepsInputs(Set<String> changed, TrialResult verdict) {
        Set<String> inputs = new TreeSet<>();
        verdict.routes().values().forEach(file -> inputs.addAll(file.inputs()));
        return changed.stream()
                .allMatch(name -> inputs.containsAll(
                        runningRoutes.getOrDefault(name, FileRoutes.NONE).inputs()));
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
            Map<String, RouteFault> blamed = blamed(verdict, taken);
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
                if (edited.getAsBoolean()) {
                    postponed.addAll(doubtful);
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
    private Map<String, RouteFault> blamed(TrialResult verdict, Set<String> changed) {
        Map<String, RouteFault> blamed = new HashMap<>();
        for (RouteFault fault : verdict.faults()) {
            if (fault.file() != null && changed.contains(fault.file())) {
                blamed.putIfAbsent(fault.file(), describeDeletion(fault));
            }
        }
        if (blamed.isEmpty()) {
            changed.forEach(name ->
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
