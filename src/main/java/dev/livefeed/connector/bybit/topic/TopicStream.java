package dev.livefeed.connector.bybit.topic;

/** Processes the frames of one topic. */
public interface TopicStream {

    /** A valid frame of the topic. */
    void frame(ParsedFrame frame, long receivedAt, boolean synthetic);

    /** A frame of the topic could not be read, so its data is lost. */
    void unreadable(String why);

    /**
     * A frame of this topic may have been lost: one of an unknown topic, or of another topic of the same instrument.
     */
    default void frameMayBeLost() {}

    /** The topic has been requested: the next frames start a new subscription. */
    void requested();

    /** The venue has accepted the topic. */
    void active();

    /** The subscription has ended, and the known state is no longer valid. */
    void ended();

    /** Called at a regular interval. */
    void tick();
}
