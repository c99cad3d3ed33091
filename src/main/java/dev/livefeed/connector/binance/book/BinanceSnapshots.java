package dev.livefeed.connector.binance.book;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.book.BookSnapshot;
import dev.livefeed.connector.feed.book.LevelParser;
import dev.livefeed.connector.feed.book.SnapshotSource;
import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Symbols;
import java.io.IOException;
import java.util.List;
import java.util.function.IntSupplier;

/** Snapshots of the venue's {@code depth}. */
public final class BinanceSnapshots implements SnapshotSource {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<Integer> SIZES = List.of(100, 500, 1_000);

    private final BinanceSettings settings;
    private final IntSupplier weightPerMinute;

    /** @param weightPerMinute the limit on the weight of requests */
    public BinanceSnapshots(BinanceSettings settings, IntSupplier weightPerMinute) {
        this.settings = settings;
        this.weightPerMinute = weightPerMinute;
    }

    @Override
    public int fullLevels() {
        return settings.market().snapshotLevels();
    }

    @Override
    public List<Integer> smallerLevels() {
        return SIZES;
    }

    /** Full snapshots may use an eighth of the weight per minute; the rest is left to other requests. */
    @Override
    public int fullAtOnce() {
        return weightPerMinute.getAsInt() / 8 / weight(fullLevels());
    }

    @Override
    public String path(String symbol, int levels) {
        return settings.rest("/depth?symbol=") + Symbols.inAddress(symbol) + "&limit=" + levels;
    }

    @Override
    public int weight(int levels) {
        return settings.weights().snapshot(levels);
    }

    @Override
    public BookSnapshot read(byte[] body) throws IOException {
        LevelParser levels = new LevelParser(true);
        UnreadParts unread = new UnreadParts();
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
                    case "lastUpdateId" -> {
                        lastId = FrameValues.integerOr(p, value, -1);
                        p.skipChildren();
                    }
                    // Of the matching engine; spot has none.
                    case "T" -> {
                        millis = FrameValues.integerOr(p, value, 0);
                        p.skipChildren();
                    }
                    case "bids" -> {
                        sides++;
                        levels.read(p, value, bids, unread);
                    }
                    case "asks" -> {
                        sides++;
                        levels.read(p, value, asks, unread);
                    }
                    default -> p.skipChildren();
                }
            }
            if (p.currentToken() != JsonToken.END_OBJECT || lastId < 0 || sides != 2) {
                throw new IOException("the snapshot has no lastUpdateId, bids and asks");
            }
        }
        return new BookSnapshot(lastId, millis, bids.build(), asks.build(), unread);
    }
}
