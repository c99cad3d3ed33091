package dev.livefeed.app.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** A client that reads only when the test says so. */
final class FakeSink implements ClientSink {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StreamHub[] hub = new StreamHub[1];
    private final List<String> waiting = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private int half;
    long heardAt;
    int pings;
    String closed;
    long most;

    FakeSink at(StreamHub itsHub) {
        hub[0] = itsHub;
        half = itsHub.limits().queueBytes() / 2;
        return this;
    }

    @Override
    public long pending() {
        return waiting.stream().mapToLong(String::length).sum();
    }

    @Override
    public void send(String json) {
        waiting.add(json);
        most = Math.max(most, pending());
    }

    @Override
    public void ping() {
        pings++;
    }

    @Override
    public long heardAt() {
        return heardAt;
    }

    @Override
    public void close(int code, String reason) {
        closed = code + " " + reason;
    }

    /** Reads a number of messages. */
    void read(int count) {
        for (int i = 0; i < count && !waiting.isEmpty(); i++) {
            long before = pending();
            read.add(waiting.remove(0));
            if (before > half && pending() <= half) {
                hub[0].drained(this);
            }
        }
    }

    /** Reads until no message is left. */
    FakeSink readAll() {
        hub[0].work();
        while (!waiting.isEmpty()) {
            read(waiting.size());
            hub[0].work();
        }
        return this;
    }

    /** Returns and clears the messages read so far. */
    List<JsonNode> take() {
        readAll();
        List<JsonNode> messages = read.stream().map(FakeSink::parse).toList();
        read.clear();
        return messages;
    }

    /** The texts of the messages read so far. */
    List<String> texts() {
        return read;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
