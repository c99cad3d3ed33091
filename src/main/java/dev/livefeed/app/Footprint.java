package dev.livefeed.app;

/**
 * Keeps the heap near what is used. {@code java -jar} sets no heap size, and the JVM begins with a 64th of the machine's
 * memory and fills it before it collects; a full collection once everything has started lets the collector give back
 * what the start needed, and from there it grows only if collecting takes too much of the time.
 */
final class Footprint {

    private Footprint() {}

    /** To be called once, when the start is over. Takes some 50 ms. */
    static void trim() {
        System.gc();
    }
}
