package dev.livefeed.exchange.market;

/**
 * Stateless pseudorandom numbers: hashes of a seed and an index, so that history and ids need no stored state.
 */
final class SeededRandom {

    private SeededRandom() {}

    static long mix(long a, long b) {
        long z = a * 0x9E3779B97F4A7C15L + b + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long mix(long a, String text) {
        long z = a;
        for (int i = 0; i < text.length(); i++) {
            z = mix(z, text.charAt(i));
        }
        return z;
    }

    /** Uniform in [0, 1). */
    static double unit(long a, long b) {
        return (mix(a, b) >>> 11) * 0x1.0p-53;
    }
}
