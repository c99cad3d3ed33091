package dev.livefeed.connector.bybit.book;

import dev.livefeed.connector.bybit.topic.Topic;

/** Performs the actions of a recovery. */
public interface BookOwner {

    /** Unsubscribes the topic and subscribes it again on the same connection. */
    void resubscribe(Topic topic);

    /**
     * An update of the topic was lost, so other data of its connection may be incomplete too.
     *
     * @param sinceMicros exchange time until which nothing was lost
     */
    void lost(Topic topic, long sinceMicros);

    /** The topic need not be subscribed again. */
    void settled(Topic topic);

    /**
     * The topic does not recover: whether its connection may be replaced. If other topics of it receive data, that
     * would only do harm.
     */
    boolean mayReconnect(Topic topic);

    /** Replaces the topic's connection. */
    void reconnect(String reason, Topic topic);
}
