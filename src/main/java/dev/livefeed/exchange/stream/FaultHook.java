package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.wire.TextFrame;

/**
 * Stands between what the streams say and what goes out, so that faults can be played; without any, everything
 * passes.
 */
public interface FaultHook {

    FaultHook NONE = new FaultHook() {};

    /**
     * A frame of a topic is due.
     *
     * @param first whether it is what a new listener is told on joining
     */
    default void push(StreamSession session, String topic, TextFrame frame, boolean first) {
        session.send(frame);
    }

    /** An answer to a request is due. */
    default void reply(StreamSession session, TextFrame frame) {
        session.send(frame);
    }

    /** Whether a subscription is to be refused as unknown. */
    default boolean refuses(ProductCategory category, String topic) {
        return false;
    }

    /** Whether a request that names the topic is to fail, for no fault of its own. */
    default boolean troubles(ProductCategory category, String topic) {
        return false;
    }

    /** Whether requests of this client are heard at all. */
    default boolean hears(StreamSession session) {
        return true;
    }

    /** The client has gone. */
    default void gone(StreamSession session) {}
}
