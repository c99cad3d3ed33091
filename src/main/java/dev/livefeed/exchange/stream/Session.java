package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.venue.Category;
import dev.livefeed.exchange.wire.Frame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One connection to a stream and which public topics it has subscribed to. */
public final class Session {

    private final Category category;
    private final String connectionId;
    private final Wire wire;
    private final Interference interference;
    private final Map<String, Feed> feeds = new LinkedHashMap<>();

    Session(Category category, String connectionId, Wire wire, Interference interference) {
        this.interference = interference;
        this.category = category;
        this.connectionId = connectionId;
        this.wire = wire;
    }

    /** Which public stream; null on the private one. */
    public Category category() {
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
    Map<String, Feed> feeds() {
        return feeds;
    }

    /** Characters of all active topics: the venue limits their sum. */
    int topicCharacters() {
        return feeds.keySet().stream().mapToInt(String::length).sum();
    }

    /** Sends without interference. */
    public void send(Frame frame) {
        wire.send(frame);
    }

    void flush() {
        wire.flush();
    }

    public void close() {
        wire.close();
    }

    /** Sends half of the frame and resets the connection. */
    public void tear(Frame frame) {
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
    public void push(String topic, Frame frame, boolean first) {
        interference.push(this, topic, frame, first);
    }

    /** Has an answer to a request sent, if nothing interferes. */
    public void reply(Frame frame) {
        interference.reply(this, frame);
    }
}
