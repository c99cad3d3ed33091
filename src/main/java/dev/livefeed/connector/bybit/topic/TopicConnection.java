package dev.livefeed.connector.bybit.topic;

/** The connection of a topic, as used by the topic's streams. */
public interface TopicConnection {

    /** Name in logs and statuses. */
    String name();

    /** Whether the server reports its data as synthetic. */
    boolean synthetic();

    /** Sends the requests that bring the topic to its wanted state. */
    void reconcile(Topic topic);

    /** Tells the topics of the symbol, or all topics if it is null, that one of their frames may be lost. */
    void frameMayBeLost(String symbol);

    /**
     * A frame was lost, as a book has detected. Its trades may be missing too, and those of symbols without a book.
     *
     * @param symbol symbol of the book, or null if nothing is known about the frame
     * @param sinceMicros exchange time until which nothing was lost; events since then may be incomplete
     */
    void suspectTrades(String symbol, long sinceMicros);

    /** Whether another topic of the connection has received data in the last seconds. */
    boolean othersReceive(Topic topic);

    /** Closes the connection, which is reopened after the backoff. */
    void fail(String reason);
}
