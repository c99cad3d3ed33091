package dev.livefeed.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.ArrayList;
import java.util.List;

/** Records the frames that a client would receive. */
class RecordingConnection implements ClientConnection {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> texts = new ArrayList<>();
    private boolean closed;
    private String resetFrame;
    private boolean readingPaused;

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not valid JSON: " + text, e);
        }
    }

    @Override
    public void send(TextFrame frame) {
        texts.add(frame.text());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void resetWithin(TextFrame frame) {
        resetFrame = frame.text();
        closed = true;
    }

    @Override
    public void setReadingPaused(boolean now) {
        readingPaused = now;
    }

    boolean readingPaused() {
        return readingPaused;
    }

    String resetFrame() {
        return resetFrame;
    }

    boolean closed() {
        return closed;
    }

    /** The frames since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(texts);
        texts.clear();
        return taken;
    }

    List<JsonNode> takeJson() {
        return take().stream().map(RecordingConnection::parse).toList();
    }
}
