package dev.livefeed.connector.bybit.instrument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.instrument.ListedInstrument;
import dev.livefeed.connector.instrument.ListingSource;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.TradingPhase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a page of an {@code instruments-info} response. */
final class InstrumentPage {

    private static final JsonFactory JSON = new JsonFactory();

    private InstrumentPage() {}

    /**
     * Reads a page.
     *
     * @throws IOException if it cannot be read completely; the message says why
     */
    static ListingSource.ListingPage read(byte[] body) throws IOException {
        List<ListedInstrument> rows = null;
        List<String> unread = new ArrayList<>();
        String cursor = "";
        try (JsonParser p = JSON.createParser(body)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the response is not an object");
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                if (p.currentName().equals("result") && p.nextToken() == JsonToken.START_OBJECT) {
                    while (p.nextToken() == JsonToken.FIELD_NAME) {
                        String name = p.currentName();
                        JsonToken value = p.nextToken();
                        if (name.equals("list") && value == JsonToken.START_ARRAY) {
                            rows = rows(p, unread);
                        } else if (name.equals("nextPageCursor") && value == JsonToken.VALUE_STRING) {
                            cursor = p.getText();
                        } else {
                            p.skipChildren();
                        }
                    }
                } else {
                    skip(p);
                }
            }
        }
        if (rows == null) {
            throw new IOException("the response has no list");
        }
        return new ListingSource.ListingPage(rows, cursor, unread);
    }

    private static List<ListedInstrument> rows(JsonParser p, List<String> unread) throws IOException {
        List<ListedInstrument> rows = new ArrayList<>();
        for (JsonToken token = p.nextToken(); token != JsonToken.END_ARRAY; token = p.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                unread.add("a row is no object: " + p.getText());
                p.skipChildren();
                continue;
            }
            ListedRow row = new ListedRow();
            row.read(p);
            if (row.symbol == null || row.symbol.isEmpty()) {
                unread.add("a row has no symbol; its status is \"" + row.status + '"');
            } else {
                rows.add(row.instrument());
            }
        }
        return rows;
    }

    /**
     * The phase that the venue's words mean. A pre-launch contract may already be in an auction or in continuous
     * trading; {@code Finished} means that its auction is over.
     *
     * @param status empty if the venue states none
     * @param auctionPhase phase of the auction before the launch, or empty
     */
    static TradingPhase phase(String status, String auctionPhase) {
        return switch (status) {
            case "", "Trading" -> TradingPhase.TRADING;
            case "PreLaunch" ->
                switch (auctionPhase) {
                    case "ContinuousTrading", "Finished" -> TradingPhase.TRADING;
                    case "CallAuction", "CallAuctionNoCancel", "CrossTrading" -> TradingPhase.AUCTION;
                    default -> TradingPhase.PRE_LAUNCH;
                };
            case "Delivering" -> TradingPhase.DELIVERING;
            case "Closed" -> TradingPhase.CLOSED;
            default -> TradingPhase.HALTED;
        };
    }

    private static void skip(JsonParser p) throws IOException {
        if (p.currentToken() == JsonToken.FIELD_NAME) {
            p.nextToken();
        }
        p.skipChildren();
    }

    /** The row being read. */
    private static final class ListedRow {

        private final DecimalParser decimal = new DecimalParser();
        private String symbol;
        private String status = "";
        private String contractType = "";
        private String tickSize;
        private final Map<String, String> lot = new HashMap<>();
        private long deliveryMillis;
        private long launchMillis;
        private String auctionPhase = "";

        void read(JsonParser p) throws IOException {
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                if (value == JsonToken.START_OBJECT) {
                    if (name.equals("priceFilter") || name.equals("lotSizeFilter")) {
                        filter(p);
                    } else if (name.equals("preListingInfo")) {
                        preListing(p);
                    } else {
                        p.skipChildren();
                    }
                } else if (value.isScalarValue()) {
                    field(name, FrameValues.textOrEmpty(p, value));
                } else {
                    p.skipChildren();
                }
            }
        }

        private void filter(JsonParser p) throws IOException {
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                if (!p.nextToken().isScalarValue()) {
                    p.skipChildren();
                } else if (name.equals("tickSize")) {
                    tickSize = positive(p.getText());
                } else {
                    lot.put(name, positive(p.getText()));
                }
            }
        }

        private void preListing(JsonParser p) throws IOException {
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                if (name.equals("curAuctionPhase")) {
                    auctionPhase = FrameValues.textOrEmpty(p, value);
                }
                p.skipChildren();
            }
        }

        private void field(String name, String text) {
            switch (name) {
                case "symbol" -> symbol = text;
                case "status" -> status = text;
                case "contractType" -> contractType = text;
                case "deliveryTime" -> deliveryMillis = millis(text);
                case "launchTime" -> launchMillis = millis(text);
                default -> {
                    // Not used.
                }
            }
        }

        private static long millis(String text) {
            return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
        }

        /** The text if it is a decimal above 0, otherwise null. */
        private String positive(String text) {
            return decimal.parse(text.toCharArray(), 0, text.length()) && decimal.unscaled() > 0 ? text : null;
        }

        ListedInstrument instrument() {
            return new ListedInstrument(
                    symbol,
                    status,
                    phase(status, auctionPhase),
                    tickSize,
                    limits(),
                    contractType.endsWith("Perpetual"),
                    deliveryMillis,
                    launchMillis);
        }

        private ListedInstrument.OrderLimits limits() {
            return new ListedInstrument.OrderLimits(
                    either("qtyStep", "basePrecision"),
                    lot.get("minOrderQty"),
                    either("maxOrderQty", "maxLimitOrderQty"),
                    either("maxMktOrderQty", "maxMarketOrderQty"),
                    either("minNotionalValue", "minOrderAmt"));
        }

        /** The name of the field differs between categories. */
        private String either(String name, String otherwise) {
            String value = lot.get(name);
            return value != null ? value : lot.get(otherwise);
        }
    }
}
