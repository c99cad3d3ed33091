package dev.livefeed.app.route.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The result of checking the route files at startup. */
public final class StartCheck {

    private final List<String> faults = new ArrayList<>();
    private final TrialResult verdict;

    StartCheck(Collection<RouteFault> unreadable, TrialResult verdict) {
        this.verdict = verdict;
        unreadable.forEach(fault -> faults.add(fault.text()));
        // If files cannot be read, the others need not fit together.
        Stream.concat(verdict.own().stream(), unreadable.isEmpty() ? verdict.joint().stream() : Stream.empty())
                .forEach(fault -> faults.add(fault.text()));
    }

    /** Of files that need no trial; it names no route. */
    public static StartCheck untried() {
        return new StartCheck(List.of(), new TrialResult(List.of(), List.of(), List.of(), Map.of()));
    }

    /** One line per fault. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** One line per step that throws for a sample event: the routes run, but such events become dead letters. */
    public List<String> sampleFaults() {
        return verdict.samples().stream().map(RouteFault::text).toList();
    }

    /** Ids of the routes that must run after the start. */
    public Set<String> routeIds() {
        return verdict.ids();
    }

    TrialResult verdict() {
        return verdict;
    }
}
