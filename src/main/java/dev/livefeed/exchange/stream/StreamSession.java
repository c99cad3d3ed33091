package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A client connection to a stream and its subscribed public topics. */
public final class StreamSession {

    private final ProductCategory category;
    private final String connectionId;
    private final ClientConnection connection;
    private final FaultHook faults;
    private final Map<String, TopicPublisher<?>> publishers = new LinkedHashMap<>();
    private FrameForm form;

    StreamSession(
            ProductCategory category,
            String connectionId,
            ClientConnection connection,
            FaultHook faults,
            FrameForm form) {
        this.form = form;
        this.faults = faults;
        this.category = category;
        this.connectionId = connectionId;
        this.connection = connection;
    }

    /** Category of the public stream; null on the private stream. */
    public ProductCategory category() {
        return category;
    }

    /** Whether it is on the stream of the announcements, which has no other topics. */
    public boolean announcements() {
        return form == FrameForm.ANNOUNCEMENT;
    }

    /** How frames name what they carry. */
    public FrameForm form() {
        return form;
    }

    /** Changes how frames name what they carry, from the next one on. */
    public void form(FrameForm next) {
        form = next;
    }

    public String connectionId() {
        return connectionId;
    }

    /** Names of the subscribed topics. */
    public Set<String> topics() {
        return publishers.keySet();
    }

    /** The publishers of the subscribed topics by topic name. */
    Map<String, TopicPublisher<?>> publishers() {
        return publishers;
    }

    /** Total length of the subscribed topic names, which the venue limits. */
    int topicCharacters() {
        return publishers.keySet().stream().mapToInt(String::length).sum();
    }

    /** Sends a frame directly, without fault injection. */
    public void send(TextFrame frame) {
        connection.send(frame);
    }

    void flush() {
        connection.flush();
    }

    /** Sends a WebSocket ping, unless a fault keeps the connection silent. */
    public void ping(String payload) {
        if (faults.sendsPings(this)) {
            connection.ping(payload);
        }
    }

    public void close() {
        connection.close();
    }

    /** Closes with a close frame. */
    public void close(int code, String reason) {
        connection.close(code, reason);
    }

    /** Sends the first half of the frame and resets the connection. */
    public void resetWithin(TextFrame frame) {
        connection.resetWithin(frame);
    }

    /** Stops or resumes reading from the client. */
    public void setReadingPaused(boolean readingPaused) {
        connection.setReadingPaused(readingPaused);
    }

    /**
     * Sends a frame of a topic, subject to fault injection.
     *
     * @param first whether it is the first frame of a subscription
     */
    public void push(String topic, TextFrame frame, boolean first) {
        faults.push(this, topic, frame, first);
    }

    /** Sends the answer to a request, subject to fault injection. */
    public void reply(TextFrame frame) {
        faults.reply(this, frame);
    }
}
