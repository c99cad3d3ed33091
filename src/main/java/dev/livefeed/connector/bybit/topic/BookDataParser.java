package dev.livefeed.connector.bybit.topic;

import static dev.livefeed.connector.feed.FrameValues.require;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.FORM;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.book.LevelParser;
import java.io.IOException;

/** Parses the data of books. Not thread-safe. */
final class BookDataParser {

    private static final int BIDS = 1;
    private static final int ASKS = 1 << 1;
    private static final int UPDATE_ID = 1 << 2;
    private static final int SEQ = 1 << 3;

    private final LevelParser levels = new LevelParser(false);

    void book(JsonParser p, JsonToken start, ParsedFrame frame) throws IOException {
        require(start == JsonToken.START_OBJECT, FORM, "data is not an object");
        int seen = 0;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            switch (name) {
                case "s" -> {
                    FrameValues.requireSymbol(p, value, name, frame.topic.name().symbol());
                    p.skipChildren();
                }
                case "b" -> {
                    seen = FrameParser.mark(seen, BIDS, name);
                    levels.read(p, value, frame.bids, frame.unread);
                }
                case "a" -> {
                    seen = FrameParser.mark(seen, ASKS, name);
                    levels.read(p, value, frame.asks, frame.unread);
                }
                case "u" -> {
                    seen = FrameParser.mark(seen, UPDATE_ID, name);
                    frame.updateId = FrameValues.integer(p, value, name);
                }
                case "seq" -> {
                    seen = FrameParser.mark(seen, SEQ, name);
                    frame.seq = FrameValues.integerOr(p, value, -1);
                    p.skipChildren();
                }
                default -> p.skipChildren();
            }
        }
        int needed = BIDS | ASKS | UPDATE_ID;
        require((seen & needed) == needed, FORM, "b, a or u is missing");
    }
}
