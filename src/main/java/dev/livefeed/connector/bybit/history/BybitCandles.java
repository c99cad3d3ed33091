package dev.livefeed.connector.bybit.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.history.CandlePages;
import dev.livefeed.protocol.model.Symbols;
import java.io.IOException;
import java.util.List;

/** Candles of the venue's {@code kline}. */
final class BybitCandles implements CandlePages.Source {

    private static final JsonFactory JSON = new JsonFactory();

    private final TopicName topic;

    /** @param topic of candles */
    BybitCandles(TopicName topic) {
        this.topic = topic;
    }

    @Override
    public String path(long first, long last) {
        return "/v5/market/kline?category=" + topic.category().text() + "&symbol="
                + Symbols.inAddress(topic.symbol()) + "&interval=" + topic.venueInterval() + "&start=" + first
                + "&end=" + last + "&limit=" + CandlePages.PAGE;
    }

    @Override
    public int weight() {
        return 1;
    }

    /** Reads the rows, newest first; returns the venue's time. The symbol stands beside the rows, not in them. */
    @Override
    public long read(byte[] body, List<Object> rows) throws IOException {
        long time = -1;
        boolean list = false;
        try (JsonParser p = JSON.createParser(body)) {
            p.nextToken();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                if (name.equals("time")) {
                    time = FrameValues.integerOr(p, value, -1);
                } else if (name.equals("result") && value == JsonToken.START_OBJECT) {
                    list = result(p, rows);
                } else {
                    p.skipChildren();
                }
            }
        }
        if (!list || time < 0) {
            throw new IOException(
                    "the kline response has no list of at most " + CandlePages.PAGE + " candles and no time");
        }
        return time;
    }

    /** Returns whether there was a list. */
    private boolean result(JsonParser p, List<Object> rows) throws IOException {
        boolean list = false;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            if (name.equals("list") && value == JsonToken.START_ARRAY) {
                rows(p, rows);
                list = true;
            } else {
                if (name.equals("symbol")) {
                    FrameValues.requireSymbol(p, value, name, topic.symbol());
                }
                p.skipChildren();
            }
        }
        return list;
    }

    private static void rows(JsonParser p, List<Object> rows) throws IOException {
        while (p.nextToken() != JsonToken.END_ARRAY) {
            if (rows.size() >= CandlePages.PAGE) {
                throw new IOException("the kline response has no list of at most " + CandlePages.PAGE + " candles");
            }
            if (p.currentToken() == JsonToken.START_ARRAY) {
                rows.add(row(p));
            } else {
                rows.add(p.getText());
                p.skipChildren();
            }
        }
    }

    private static String[] row(JsonParser p) throws IOException {
        String[] row = new String[7];
        int column = 0;
        while (p.nextToken() != JsonToken.END_ARRAY) {
            if (column < row.length && p.currentToken().isScalarValue()) {
                row[column] = p.getText();
            }
            column++;
            p.skipChildren();
        }
        return row;
    }
}
