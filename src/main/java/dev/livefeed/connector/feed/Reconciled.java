package dev.livefeed.connector.feed;

/** Data of a stream that is compared with the venue's REST data while the stream is silent. */
public interface Reconciled {

    /** Nanoseconds since a comparison became due; negative if none is due. */
    long reconciliationOverdue();

    /** Asks the venue, and takes what it has more. */
    void reconcile();

    /** Weight of the request. */
    int reconciliationWeight();
}
