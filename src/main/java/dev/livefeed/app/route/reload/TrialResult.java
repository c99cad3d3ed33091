package dev.livefeed.app.route.reload;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a trial found.
 *
 * @param own faults that a file has by itself, whatever the others hold, and those of the whole trial
 * @param joint faults of files that do not fit together; looked for only where there are no others
 * @param routes what each file holds, by its name; empty where there are faults of the first kind
 */
record TrialResult(List<RouteFault> own, List<RouteFault> joint, Map<String, FileRoutes> routes) {

    boolean good() {
        return own.isEmpty() && joint.isEmpty();
    }

    List<RouteFault> faults() {
        return own.isEmpty() ? joint : own;
    }

    /** Ids of all routes. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        routes.values().forEach(one -> ids.addAll(one.ids()));
        return ids;
    }
}
