package dev.livefeed.connector.binance.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.history.CandlePages;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Symbols;
import java.io.IOException;
import java.util.List;

/** Candles of the venue's {@code klines}. */
final class BinanceCandles implements CandlePages.Source {

    private static final JsonFactory JSON = new JsonFactory();

    /** Column of the turnover in a row; the time of the end is before it. */
    private static final int TURNOVER = 7;

    private final VenueContext context;
    private final BinanceSettings settings;
    private final String symbol;
    private final KlineInterval interval;

    BinanceCandles(VenueContext context, BinanceSettings settings, String symbol, KlineInterval interval) {
        this.context = context;
        this.settings = settings;
        this.symbol = symbol;
        this.interval = interval;
    }

    @Override
    public String path(long first, long last) {
        return settings.rest("/klines?symbol=") + Symbols.inAddress(symbol) + "&interval=" + interval + "&startTime="
                + first + "&endTime=" + last + "&limit=" + CandlePages.PAGE;
    }

    @Override
    public int weight() {
        return settings.weights().klines();
    }

    /** The response has no time of its own: the exchange's clock is used. */
    @Override
    public long read(byte[] body, List<Object> rows) throws IOException {
        try (JsonParser p = JSON.createParser(body)) {
            if (p.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("the klines response is not a list");
            }
            JsonToken token;
            while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
                if (token == null || rows.size() >= CandlePages.PAGE) {
                    throw new IOException("the klines response has no list of at most " + CandlePages.PAGE + " rows");
                }
                if (token == JsonToken.START_ARRAY) {
                    rows.add(row(p));
                } else {
                    rows.add(p.getText());
                    p.skipChildren();
                }
            }
        }
        return context.exchangeMicros() / 1_000L;
    }

    private static String[] row(JsonParser p) throws IOException {
        String[] row = new String[TURNOVER];
        int column = 0;
        while (p.nextToken() != JsonToken.END_ARRAY) {
            int into = column < TURNOVER - 1 ? column : column == TURNOVER ? TURNOVER - 1 : -1;
            if (into >= 0 && p.currentToken().isScalarValue()) {
                row[into] = p.getText();
            }
            column++;
            p.skipChildren();
        }
        return row;
    }
}
