package dev.livefeed.sinks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Time from the receipt of events to the routes, in two applications at the same time: what else the machine does
 * delays both. Of each window it is that of the event in the middle; a mean is that of the longest pause.
 */
final class FeedLatency {

    /** Of each phase; its median counts, as one window may fall on a pause of one JVM. */
    static final int WINDOWS = 7;

    private static final double MOST_RATIO = 1.5;
    /** Less than this is the noise of the machine. */
    private static final double NOISE_MILLIS = 1;

    /** What happens in a window. */
    interface Window {

        void pass() throws Exception;
    }

    /** Medians of the milliseconds in each window, and of what the second one has more in the same window. */
    private record Phase(String name, double without, double with, double more) {

        boolean slower() {
            return more > (MOST_RATIO - 1) * without + NOISE_MILLIS;
        }

        @Override
        public String toString() {
            return "%s: %.2f and %.2f ms (%+.2f)".formatted(name, without, with, more);
        }
    }

    private final Application without;
    private final Application with;
    private final List<Phase> phases = new ArrayList<>();

    FeedLatency(Application without, Application with) {
        this.without = without;
        this.with = with;
    }

    void compare(String name, Window window) throws Exception {
        double[] first = new double[WINDOWS];
        double[] second = new double[WINDOWS];
        double[] more = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            Application.PathLag firstBefore = without.pathLag();
            Application.PathLag secondBefore = with.pathLag();
            window.pass();
            first[i] = without.pathLag().medianMillisSince(firstBefore);
            second[i] = with.pathLag().medianMillisSince(secondBefore);
            more[i] = second[i] - first[i];
        }
        phases.add(new Phase(name, median(first), median(second), median(more)));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Phases in which the second one was slower. */
    List<String> slower() {
        return phases.stream().filter(Phase::slower).map(Phase::toString).toList();
    }

    @Override
    public String toString() {
        return phases.stream().map(Phase::toString).collect(Collectors.joining("; "));
    }
}
