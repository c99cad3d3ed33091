package dev.livefeed.app.health;

import dev.livefeed.app.settings.ReadyPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * How many of the wanted instruments are ready, and why the others are not.
 *
 * @param unready at most {@value #MAX_LISTED}
 * @param idle whether no data is expected: each wanted instrument has ended or is reported in a phase without trading
 * @param fresh whether the newest data of any instrument is as recent as usual
 * @param flowing whether this has been so, or has not been so for less than {@code UNREADY_AFTER}
 */
public record Readiness(
        ReadyPolicy policy,
        int wanted,
        int ready,
        List<Unready> unready,
        boolean idle,
        boolean fresh,
        boolean flowing) {

    static final int MAX_LISTED = 200;

    /** An instrument that is not ready. */
    public record Unready(String instrument, List<String> reasons) {}

    boolean enough() {
        return policy.satisfied(ready, wanted);
    }

    /** Why not enough instruments are ready; empty if they are. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (enough()) {
            return reasons;
        }
        if (!policy.all()) {
            reasons.add(ready + " of " + wanted + " instruments " + (ready == 1 ? "is" : "are")
                    + " ready; READY_WHEN is " + policy);
        }
        unready.forEach(instrument -> reasons.addAll(instrument.reasons));
        int more = wanted - ready - unready.size();
        if (more > 0) {
            reasons.add("and " + more + " more instruments are not ready");
        }
        return reasons;
    }
}
