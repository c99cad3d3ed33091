package dev.livefeed.app.route.reload;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The result of a trial.
 *
 * @param own faults of single files, and of the trial as a whole
 * @param joint faults of files that do not fit together; checked only if there are no others
 * @param samples steps that throw for a sample event; checked only if there are no others
 * @param routes content of each file by name; empty if there are faults of the first kind
 */
record TrialResult(
        List<RouteFault> own, List<RouteFault> joint, List<RouteFault> samples, Map<String, FileRoutes> routes) {

    boolean good() {
        return own.isEmpty() && joint.isEmpty() && samples.isEmpty();
    }

    List<RouteFault> faults() {
        if (!own.isEmpty()) {
            return own;
        }
        return joint.isEmpty() ? samples : joint;
    }

    /** The ids of all routes. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        routes.values().forEach(one -> ids.addAll(one.ids()));
        return ids;
    }
}
