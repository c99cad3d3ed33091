package dev.livefeed.app.backfill;

/** Waits; another one in tests, where time passes at once. */
interface Sleeper {

    void millis(long millis) throws InterruptedException;
}
