package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One connection to a stream and which public topics it has subscribed to. */
public final class StreamSession {

    private final ProductCategory category;
    private final String connectionId;
    private final ClientConnection wire;
    private final FaultHook interference;
    private final Map<String, TopicPublisher> feeds = new LinkedHashMap<>();

    StreamSession(ProductCategory category, String connectionId, ClientConnection wire, FaultHook interference) {
        this.interference = interference;
        this.category = category;
        this.connectionId = connectionId;
        this.wire = wire;
    }

    /** Which public stream; null on the private one. */
    public ProductCategory category() {
        return category;
    }

    public String connectionId() {
        return connectionId;
    }

    /** The texts of the active topics. */
    public Set<String> topics() {
        return feeds.keySet();
    }

    /** The active topics by their text. */
    Map<String, TopicPublisher> feeds() {
        return feeds;
    }

    /** Characters of all active topics: the venue limits their sum. */
    int topicCharacters() {
        return feeds.keySet().stream().mapToInt(String::length).sum();
    }

    /** Sends without interference. */
    public void send(TextFrame frame) {
        wire.send(frame);
    }

    void flush() {
        wire.flush();
    }

    public void close() {
        wire.close();
    }

    /** Sends half of the frame and resets the connection. */
    public void tear(TextFrame frame) {
        wire.tear(frame);
    }

    /** Stops or resumes listening to the client. */
    public void freeze(boolean frozen) {
        wire.freeze(frozen);
    }

    /**
     * Has a frame of a topic sent, if nothing interferes.
     *
     * @param first whether it is what a new listener is told on joining
     */
    public void push(String topic, TextFrame frame, boolean first) {
        interference.push(this, topic, frame, first);
    }

    /** Has an answer to a request sent, if nothing interferes. */
    public void reply(TextFrame frame) {
        interference.reply(this, frame);
    }
}
