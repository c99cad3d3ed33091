package dev.livefeed.connector.bybit.topic;

/** What becomes of the frames of one topic. */
public interface TopicStream {

    /** A frame of the topic, read whole and well formed. */
    void frame(ParsedFrame frame, long receivedAt, boolean synthetic);

    /** A frame of the topic came that cannot be read, so something of it is lost. */
    void unreadable(String why);

    /** A frame was lost, nobody knows of which topic, or an update of another topic of the same instrument. */
    default void doubt() {}

    /** The topic has been asked for: the next frames begin anew. */
    void asked();

    /** The venue has accepted the topic. */
    void active();

    /** The topic has ended on its connection: what was known of it no longer holds. */
    void ended();

    /** Time has passed. */
    void tick();
}
