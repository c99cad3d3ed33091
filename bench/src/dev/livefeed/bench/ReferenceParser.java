package dev.livefeed.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.Levels;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Parses a frame and applies it to its book, with minimal work. */
final class ReferenceParser {

    private static final JsonFactory JSON = new JsonFactory();

    private static final class Book {

        private final OrderBook levels = new OrderBook(MarketWalk.LEVELS);
        private long lastUpdate = -1;
    }

    private final EventCount count;
    private final Map<String, Book> books = new HashMap<>();
    private final DecimalParser price = new DecimalParser();
    private final DecimalParser qty = new DecimalParser();
    private final Levels.Builder bids = new Levels.Builder();
    private final Levels.Builder asks = new Levels.Builder();

    ReferenceParser(EventCount count) {
        this.count = count;
    }

    void frame(byte[] bytes, int offset, int length) throws IOException {
        try (JsonParser p = JSON.createParser(bytes, offset, length)) {
            p.nextToken();
            boolean trades = false;
            boolean snapshot = false;
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                p.nextToken();
                switch (name) {
                    case "topic" -> trades = p.getTextCharacters()[p.getTextOffset()] == 'p';
                    case "type" -> snapshot = p.getTextCharacters()[p.getTextOffset()] == 's';
                    case "data" -> {
                        if (trades) {
                            trades(p);
                        } else {
                            book(p, snapshot);
                        }
                    }
                    default -> p.skipChildren();
                }
            }
        }
    }

    private void trades(JsonParser p) throws IOException {
        while (p.nextToken() == JsonToken.START_OBJECT) {
            long id = 0;
            long seq = 0;
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                p.nextToken();
                switch (name) {
                    case "p" -> price.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
                    case "v" -> qty.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
                    case "i" -> {
                        String text = p.getText();
                        id = Long.parseLong(text, text.length() - PreparedFeed.NUMBER_DIGITS, text.length(), 10);
                    }
                    case "seq" -> seq = p.getLongValue();
                    default -> p.skipChildren();
                }
            }
            count.trade(id, seq);
        }
    }

    private void book(JsonParser p, boolean snapshot) throws IOException {
        Book book = null;
        long update = 0;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "s" -> book = books.computeIfAbsent(p.getText(), symbol -> new Book());
                case "b" -> levels(p, bids);
                case "a" -> levels(p, asks);
                case "u" -> update = p.getLongValue();
                default -> p.skipChildren();
            }
        }
        if (snapshot) {
            book.levels.snapshot(bids, asks);
        } else {
            book.levels.apply(bids, asks);
        }
        count.depth(snapshot, book.lastUpdate, snapshot ? -1 : update - 1, update);
        book.lastUpdate = update;
    }

    private void levels(JsonParser p, Levels.Builder into) throws IOException {
        into.clear();
        while (p.nextToken() == JsonToken.START_ARRAY) {
            p.nextToken();
            price.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
            p.nextToken();
            qty.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
            p.nextToken();
            into.add(price.unscaled(), price.scale(), qty.unscaled(), qty.scale());
        }
    }
}
