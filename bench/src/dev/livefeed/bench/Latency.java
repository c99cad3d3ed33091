package dev.livefeed.bench;

import java.util.Arrays;

/**
 * Latency from the write to the feed's socket to the probe in the routes, in microseconds.
 *
 * @param events number of measured events
 * @param delivery what became of the whole feed
 */
record Latency(
        double p50, double p99, double p999, double max, double events, double cpuMicrosPerEvent, Delivery delivery) {

    /** @param nanos one value per event, at least one */
    static Latency of(long[] nanos, double cpuMicrosPerEvent, Delivery delivery) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latency(
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 0.999),
                sorted[sorted.length - 1] / 1_000.0,
                sorted.length,
                cpuMicrosPerEvent,
                delivery);
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (quantile * sorted.length))] / 1_000.0;
    }
}
