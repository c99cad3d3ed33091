package dev.livefeed.sinks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

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

    /** Windows whose median must be no faster than that of as many before. */
    private static final int SETTLED = 5;

    private static final double LEAST_GAIN = 0.8;

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

    /** Waits until both are as fast as they get: what a JVM has not compiled yet costs more than any sink. */
    void settle() {
        Deque<double[]> last = new ArrayDeque<>();
        Awaitility.await("an end of what gets faster")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    last.add(window(() -> TimeUnit.SECONDS.sleep(1)));
                    if (last.size() > 2 * SETTLED) {
                        last.remove();
                    }
                    return last.size() == 2 * SETTLED && isSettled(last, 0) && isSettled(last, 1);
                });
    }

    private static boolean isSettled(Deque<double[]> windows, int application) {
        double[] all =
                windows.stream().mapToDouble(window -> window[application]).toArray();
        double before = median(Arrays.copyOf(all, SETTLED));
        double after = median(Arrays.copyOfRange(all, SETTLED, all.length));
        return after > LEAST_GAIN * before || before < NOISE_MILLIS;
    }

    /** Milliseconds of both applications. */
    private double[] window(Window window) throws Exception {
        Application.PathLag firstBefore = without.pathLag();
        Application.PathLag secondBefore = with.pathLag();
        window.pass();
        return new double[] {
            without.pathLag().medianMillisSince(firstBefore), with.pathLag().medianMillisSince(secondBefore)
        };
    }

    void compare(String name, Window window) throws Exception {
        double[] first = new double[WINDOWS];
        double[] second = new double[WINDOWS];
        double[] more = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            double[] both = window(window);
            first[i] = both[0];
            second[i] = both[1];
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
