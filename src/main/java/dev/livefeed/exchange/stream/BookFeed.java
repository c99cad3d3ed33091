package dev.livefeed.exchange.stream;

/** A topic whose frames change a book. */
public interface BookFeed {

    /** Changes the market and pushes at once; false if the change is below the depth of this topic. */
    boolean changeAndPush(long now);
}
