package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.wire.TextFrame;

/**
 * Intercepts the frames and requests of the streams to inject faults. The default methods pass everything through.
 */
public interface FaultHook {

    FaultHook NONE = new FaultHook() {};

    /**
     * Sends a frame of a topic.
     *
     * @param first whether it is the first frame of a subscription
     */
    default void push(StreamSession session, String topic, TextFrame frame, boolean first) {
        session.send(frame);
    }

    /** Sends the answer to a request. */
    default void reply(StreamSession session, TextFrame frame) {
        session.send(frame);
    }

    /** Whether a subscription is rejected as unknown. */
    default boolean refusesTopic(ProductCategory category, String topic) {
        return false;
    }

    /** Whether a valid request that names the topic fails with a server error. */
    default boolean failsRequest(ProductCategory category, String topic) {
        return false;
    }

    /** Whether requests of this client are processed at all. */
    default boolean acceptsRequests(StreamSession session) {
        return true;
    }

    /** Whether the server's own pings are sent on this connection. */
    default boolean sendsPings(StreamSession session) {
        return true;
    }

    /** Called when a client has disconnected. */
    default void disconnected(StreamSession session) {}
}
