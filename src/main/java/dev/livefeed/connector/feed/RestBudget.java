package dev.livefeed.connector.feed;

import dev.livefeed.connector.session.HttpAnswer;

/** How many requests may be sent. Requests have a weight; where the venue does not weigh them, it is 1. */
public interface RestBudget {

    /** Whether a request of that weight may be sent now. */
    boolean allows(int weight, boolean inBackground);

    /** A request was sent. */
    void sent(int weight, boolean inBackground);

    /** The venue may say in its answer how much of the limit is used. */
    default void answered(HttpAnswer answer) {}
}
