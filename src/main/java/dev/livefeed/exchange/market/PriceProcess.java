package dev.livefeed.exchange.market;

/**
 * The price path of a coin: smooth noise with periods of 1, 4, 16 … seconds up to half a year, each with about twice
 * the amplitude of the previous one, similar to a random walk. It depends on time and seed only, so that all markets of
 * a coin move together and no history is stored.
 */
final class PriceProcess {

    private static final int OCTAVES = 13;
    private static final long SHORTEST_MILLIS = 1000;
    private static final double SHORTEST_SWING = 4e-5;

    private final long seed;
    private final double atStart;

    /** @param startedAt time at which the value is 0, milliseconds since 1970 */
    PriceProcess(long seed, String coin, long startedAt) {
        this.seed = SeededRandom.mix(SeededRandom.mix(seed, 77), coin);
        this.atStart = noise(startedAt);
    }

    /** Natural logarithm of the price relative to the price at the start. */
    double at(long millis) {
        return noise(millis) - atStart;
    }

    private double noise(long millis) {
        double sum = 0;
        double swing = SHORTEST_SWING;
        long period = SHORTEST_MILLIS;
        for (int octave = 0; octave < OCTAVES; octave++) {
            long cell = Math.floorDiv(millis, period);
            double within = (millis - cell * period) / (double) period;
            double eased = within * within * (3 - 2 * within);
            double left = lattice(octave, cell);
            double right = lattice(octave, cell + 1);
            sum += swing * (left + (right - left) * eased);
            swing *= 1.9;
            period *= 4;
        }
        return sum;
    }

    private double lattice(int octave, long cell) {
        return 2 * SeededRandom.unit(seed + octave * 31L, cell) - 1;
    }
}
