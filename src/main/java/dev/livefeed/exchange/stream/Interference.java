package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.venue.Category;
import dev.livefeed.exchange.wire.Frame;

/** Stands between what the streams say and what goes out, so that faults can be played; without any, everything passes. */
public interface Interference {

    Interference NONE = new Interference() {};

    /**
     * A frame of a topic is due.
     *
     * @param first whether it is what a new listener is told on joining
     */
    default void push(Session session, String topic, Frame frame, boolean first) {
        session.send(frame);
    }

    /** An answer to a request is due. */
    default void reply(Session session, Frame frame) {
        session.send(frame);
    }

    /** Whether a subscription is to be refused as unknown. */
    default boolean refuses(Category category, String topic) {
        return false;
    }

    /** Whether a request that names the topic is to fail, for no fault of its own. */
    default boolean troubles(Category category, String topic) {
        return false;
    }

    /** Whether requests of this client are heard at all. */
    default boolean hears(Session session) {
        return true;
    }

    /** The client has gone. */
    default void gone(Session session) {}
}
