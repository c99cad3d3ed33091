package dev.livefeed.connector.bybit.topic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;

/** Reads data into a tree, for topics whose frames are too few for a parser of their own to matter. */
public final class DataTree {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build()
            .readerFor(JsonNode.class);

    private DataTree() {}

    /** Reads the value that the parser is at. */
    static JsonNode read(JsonParser p) throws IOException {
        try {
            return READER.readTree(p);
        } catch (NumberFormatException e) {
            throw tooLarge();
        }
    }

    /** Reads a response. */
    public static JsonNode read(byte[] body) throws IOException {
        try {
            return READER.readTree(body);
        } catch (NumberFormatException e) {
            throw tooLarge();
        }
    }

    /** Jackson throws a NumberFormatException for an exponent of more than 32 bits. */
    private static UnreadableDataException tooLarge() {
        return new UnreadableDataException(UnreadableReason.NUMBER, "a number has an exponent of more than 32 bits");
    }
}
