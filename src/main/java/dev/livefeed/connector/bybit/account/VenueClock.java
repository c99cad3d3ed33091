package dev.livefeed.connector.bybit.account;

/** The venue's clock as far as it is known: a signature is valid by it, not by ours. */
public interface VenueClock {

    /** Microseconds since 1970 by the venue's clock; by ours where nothing is known of it. */
    long micros();

    /** Whether the difference between the two clocks is known. */
    boolean measured();

    /** Whether there is anybody to measure it against. */
    boolean measurable();

    /** Has it measured anew; until then {@link #measured} is false. */
    void measureAgain();
}
