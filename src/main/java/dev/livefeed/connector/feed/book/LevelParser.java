package dev.livefeed.connector.feed.book;

import static dev.livefeed.connector.feed.FrameValues.decimal;
import static dev.livefeed.connector.feed.FrameValues.require;
import static dev.livefeed.connector.feed.FrameValues.shortened;
import static dev.livefeed.connector.feed.FrameValues.shown;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.FORM;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.NUMBER;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.SCALE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;

/**
 * Parses lists of levels. A level that cannot be read is left out; if its price is known, the level of that price is
 * removed from the book. Not thread-safe.
 */
public final class LevelParser {

    private final DecimalParser price = new DecimalParser();
    private final DecimalParser qty = new DecimalParser();
    private final boolean more;

    /** @param more whether a level may have more elements than price and size, which are ignored */
    public LevelParser(boolean more) {
        this.more = more;
    }

    /** Reads the levels of one side; the parser is at the list. */
    public void read(JsonParser p, JsonToken start, Levels.Builder into, UnreadParts unread) throws IOException {
        require(start == JsonToken.START_ARRAY, FORM, "a side of the book is not a list");
        JsonToken token;
        while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_ARRAY) {
                level(p, into, unread);
            } else {
                unread.add(FORM, "a level is " + shown(p, token) + ", must be a list of price and size", -1);
                unread.unknownLevel();
                p.skipChildren();
            }
        }
    }

    private void level(JsonParser p, Levels.Builder into, UnreadParts unread) throws IOException {
        JsonToken value = p.nextToken();
        String fault = null;
        boolean priced = decimal(p, value, price) && price.unscaled() > 0;
        if (!priced) {
            fault = value == JsonToken.END_ARRAY
                    ? "a level is empty"
                    : "the price of a level is " + shown(p, value)
                            + ", must be a decimal > 0 below 10^15 with at most 18 digits";
        }
        UnreadableReason reason = NUMBER;
        if (value != JsonToken.END_ARRAY) {
            p.skipChildren();
            value = p.nextToken();
        }
        boolean sized = decimal(p, value, qty) && qty.unscaled() >= 0;
        if (!sized && shortened(p, value, qty)) {
            sized = true;
            unread.shortened();
        }
        if (!sized && fault == null) {
            fault = value == JsonToken.END_ARRAY
                    ? "a level has no size"
                    : "the size of a level is " + shown(p, value) + ", must be a decimal >= 0 below 10^15";
        }
        if (value != JsonToken.END_ARRAY) {
            p.skipChildren();
            if (p.nextToken() != JsonToken.END_ARRAY && more) {
                skip(p);
            } else if (p.currentToken() != JsonToken.END_ARRAY) {
                fault = fault == null ? "a level has more than price and size" : fault;
                reason = FORM;
                sized = false;
                skip(p);
            }
        }
        if (fault != null) {
            unread.add(reason, fault, -1);
        }
        if (!priced) {
            unread.unknownLevel();
        } else if (!into.add(price.unscaled(), price.scale(), sized ? qty.unscaled() : 0, sized ? qty.scale() : 0)) {
            unread.add(
                    SCALE,
                    "the levels of a side have no common scale within 18 digits, at the price "
                            + price.value().toPlainString(),
                    -1);
            unread.unknownLevel();
        } else if (!sized) {
            unread.unknownLevel();
        }
    }

    private static void skip(JsonParser p) throws IOException {
        do {
            p.skipChildren();
        } while (p.nextToken() != JsonToken.END_ARRAY);
    }
}
