package dev.livefeed.backfill;

/** Waits; another one in tests, where time passes at once. */
interface Pause {

    void millis(long millis) throws InterruptedException;
}
