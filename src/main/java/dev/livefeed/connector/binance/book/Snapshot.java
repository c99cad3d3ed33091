package dev.livefeed.connector.binance.book;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.binance.stream.CombinedFrameParser;
import dev.livefeed.protocol.model.Levels;
import java.io.IOException;

/**
 * A snapshot of a book from REST.
 *
 * @param lastId last id of the updates that it contains
 * @param millis time of the matching engine, or 0: spot does not say
 */
record Snapshot(long lastId, long millis, Levels bids, Levels asks) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads a response.
     *
     * @throws IOException if it is no snapshot; the message says why
     */
    static Snapshot read(byte[] body) throws IOException {
        CombinedFrameParser parser = new CombinedFrameParser();
        long lastId = -1;
        long millis = 0;
        Levels.Builder bids = new Levels.Builder();
        Levels.Builder asks = new Levels.Builder();
        int sides = 0;
        try (JsonParser p = JSON.createParser(body)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the snapshot is not an object");
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                switch (name) {
                    case "lastUpdateId" -> lastId = value == JsonToken.VALUE_NUMBER_INT ? p.getLongValue() : -1;
                    case "T" -> millis = value == JsonToken.VALUE_NUMBER_INT ? p.getLongValue() : 0;
                    case "bids" -> {
                        sides++;
                        parser.levels(p, value, bids);
                    }
                    case "asks" -> {
                        sides++;
                        parser.levels(p, value, asks);
                    }
                    default -> p.skipChildren();
                }
            }
            if (p.currentToken() != JsonToken.END_OBJECT || lastId < 0 || sides != 2) {
                throw new IOException("the snapshot has no lastUpdateId, bids and asks");
            }
        }
        return new Snapshot(lastId, millis, bids.build(), asks.build());
    }
}
