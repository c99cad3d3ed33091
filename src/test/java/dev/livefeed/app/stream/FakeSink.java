package dev.livefeed.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.livefeed.app.api.contract.OpenApi;
import dev.livefeed.app.api.contract.StreamSchema;
import java.util.ArrayList;
import java.util.List;

/** A client that reads only when the test says so. */
final class FakeSink implements ClientSink {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema RULES =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(new StreamSchema(new OpenApi("1")).document());

    private final StreamHub[] hub = new StreamHub[1];
    private final List<StreamMessage> waiting = new ArrayList<>();
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
        return waiting.stream().mapToLong(StreamMessage::length).sum();
    }

    @Override
    public void send(StreamMessage message) {
        waiting.add(message);
        most = Math.max(most, pending());
    }

    @Override
    public void flush() {
        // Nothing waits for it.
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

    /** The messages that it has not read yet. */
    List<StreamMessage> waiting() {
        return waiting;
    }

    /** Reads a number of messages. */
    void read(int count) {
        for (int i = 0; i < count && !waiting.isEmpty(); i++) {
            long before = pending();
            read.add(waiting.remove(0).toString());
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

    /** The data of a state is the test's own. */
    private static JsonNode parse(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (!message.has("data")) {
                assertThat(RULES.validate(message)).as("%s", text).isEmpty();
            }
            return message;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
