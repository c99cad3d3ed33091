package dev.livefeed.connector.out;

/** A way out that holds something back until the reader has caught up. */
interface Held {

    /** Writes what is pending. */
    void release();
}
