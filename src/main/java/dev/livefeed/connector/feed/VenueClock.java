package dev.livefeed.connector.feed;

/** The venue's clock, as measured. The validity of a signature is checked against it. */
public interface VenueClock {

    /** Microseconds since 1970 on the venue's clock; on the local clock if the offset is unknown. */
    long micros();

    /** Whether the offset between the two clocks is known. */
    boolean measured();

    /** Whether there is a REST interface to measure it with. */
    boolean measurable();

    /** Starts a new measurement; until it ends {@link #measured} is false. */
    void measureAgain();
}
