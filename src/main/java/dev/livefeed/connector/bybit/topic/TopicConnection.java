package dev.livefeed.connector.bybit.topic;

/** The connection that a topic runs on, as the topic's streams see it. */
public interface TopicConnection {

    /** Whether the other side says of itself that its data is made up. */
    boolean synthetic();

    /** Brings the topic to the state that is wanted of it. */
    void reconcile(Topic topic);

    /** Tells the topics of the symbol, or of all where it is null, that a frame of theirs may be lost. */
    void doubt(String symbol);

    /**
     * A frame was lost, as an update of a book shows. Its trades may be missing too, and those of symbols that have
     * no book here to show it.
     *
     * @param symbol of the book, or null where nothing is known of the frame
     * @param sinceMicros exchange time until which nothing was lost; what was emitted since then may be incomplete
     */
    void suspectTrades(String symbol, long sinceMicros);

    /** Ends the connection because it is of no use any more, and makes it anew after the wait. */
    void fail(String reason);
}
