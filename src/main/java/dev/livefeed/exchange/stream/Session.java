package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.venue.Category;
import dev.livefeed.exchange.wire.Frame;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection to a public stream and what it has subscribed to. */
public final class Session {

    private final Category category;
    private final String connectionId;
    private final Wire wire;
    private final Map<String, Feed> feeds = new LinkedHashMap<>();

    Session(Category category, String connectionId, Wire wire) {
        this.category = category;
        this.connectionId = connectionId;
        this.wire = wire;
    }

    Category category() {
        return category;
    }

    public String connectionId() {
        return connectionId;
    }

    /** The active topics by their text. */
    Map<String, Feed> feeds() {
        return feeds;
    }

    /** Characters of all active topics: the venue limits their sum. */
    int topicCharacters() {
        return feeds.keySet().stream().mapToInt(String::length).sum();
    }

    void send(Frame frame) {
        wire.send(frame);
    }

    void flush() {
        wire.flush();
    }

    void close() {
        wire.close();
    }
}
