package dev.livefeed.connector.binance.instrument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.instrument.ListedInstrument;
import dev.livefeed.connector.instrument.ListingSource;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.TradingPhase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Lists instruments with {@code exchangeInfo}, which has all of them in one response. */
public final class BinanceListing implements ListingSource {

    private static final JsonFactory JSON = new JsonFactory();

    /** Perpetual contracts have a delivery in the year 2100. */
    private static final long NO_DELIVERY = 4_000_000_000_000L;

    private final BinanceSettings settings;
    private final IntConsumer weightPerMinute;

    /** @param weightPerMinute receives the limit on the weight of requests, if a response states it */
    public BinanceListing(BinanceSettings settings, IntConsumer weightPerMinute) {
        this.settings = settings;
        this.weightPerMinute = weightPerMinute;
    }

    @Override
    public List<String> requests(VenueCategory category, String group) {
        // Most of the response of spot would be the permissions of accounts.
        String path = settings.rest("/exchangeInfo");
        return List.of(settings.market().futures() ? path : path + "?showPermissionSets=false");
    }

    @Override
    public int weight(VenueCategory category) {
        return settings.weights().listing();
    }

    @Override
    public ListingPage read(VenueCategory category, byte[] body) throws IOException {
        List<ListedInstrument> rows = null;
        List<String> unread = new ArrayList<>();
        RateLimits limits = new RateLimits();
        try (JsonParser p = JSON.createParser(body)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the response is not an object");
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                boolean list = p.nextToken() == JsonToken.START_ARRAY;
                if (list && name.equals("symbols")) {
                    rows = rows(p, unread);
                } else if (list && name.equals("rateLimits")) {
                    limits.read(p);
                } else {
                    p.skipChildren();
                }
            }
        }
        if (rows == null) {
            throw new IOException("the response has no list of symbols");
        }
        if (limits.weightPerMinute() > 0) {
            weightPerMinute.accept(limits.weightPerMinute());
        }
        return new ListingPage(rows, "", unread);
    }

    private static List<ListedInstrument> rows(JsonParser p, List<String> unread) throws IOException {
        List<ListedInstrument> rows = new ArrayList<>();
        ListedRow row = new ListedRow();
        for (JsonToken token = p.nextToken(); token != JsonToken.END_ARRAY; token = p.nextToken()) {
            if (token == null) {
                throw new IOException("the response ends within its list");
            }
            if (token != JsonToken.START_OBJECT) {
                unread.add("a row is no object: " + p.getText());
                p.skipChildren();
                continue;
            }
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
     * The phase that the venue's word means.
     *
     * @param status of a spot symbol or of a contract; empty if the venue states none
     */
    static TradingPhase phase(String status) {
        return switch (status) {
            case "", "TRADING" -> TradingPhase.TRADING;
            case "PRE_TRADING", "PENDING_TRADING" -> TradingPhase.PRE_LAUNCH;
            case "AUCTION_MATCH" -> TradingPhase.AUCTION;
            case "PRE_DELIVERING", "DELIVERING", "PRE_SETTLE", "SETTLING" -> TradingPhase.DELIVERING;
            case "DELIVERED", "CLOSE" -> TradingPhase.CLOSED;
            default -> TradingPhase.HALTED;
        };
    }

    /** The row being read. */
    private static final class ListedRow {

        private final DecimalParser decimal = new DecimalParser();
        private String symbol;
        private String status;
        private String contractType;
        private long deliveryMillis;
        private long onboardMillis;
        private String tickSize;
        private String step;
        private String minQty;
        private String maxQty;
        private String maxMarketQty;
        private String minValue;

        void read(JsonParser p) throws IOException {
            symbol = null;
            status = "";
            contractType = "";
            deliveryMillis = 0;
            onboardMillis = 0;
            tickSize = null;
            step = null;
            minQty = null;
            maxQty = null;
            maxMarketQty = null;
            minValue = null;
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                if (value == JsonToken.START_ARRAY && name.equals("filters")) {
                    filters(p);
                } else if (value.isScalarValue()) {
                    field(name, FrameValues.textOrEmpty(p, value));
                } else {
                    p.skipChildren();
                }
            }
        }

        private void field(String name, String text) {
            switch (name) {
                case "symbol" -> symbol = text;
                // Futures had another name for it earlier.
                case "status", "contractStatus" -> status = text;
                case "contractType" -> contractType = text;
                case "deliveryDate" -> deliveryMillis = millis(text);
                case "onboardDate" -> onboardMillis = millis(text);
                default -> {
                    // Not used.
                }
            }
        }

        private void filters(JsonParser p) throws IOException {
            for (JsonToken token = p.nextToken(); token != JsonToken.END_ARRAY; token = p.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    filter(p);
                } else if (token == null) {
                    throw new IOException("the response ends within a list of filters");
                } else {
                    p.skipChildren();
                }
            }
        }

        private void filter(JsonParser p) throws IOException {
            String type = "";
            String tick = null;
            String size = null;
            String min = null;
            String max = null;
            String value = null;
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                if (!p.nextToken().isScalarValue()) {
                    p.skipChildren();
                    continue;
                }
                switch (name) {
                    case "filterType" -> type = p.getText();
                    case "tickSize" -> tick = positive(p.getText());
                    case "stepSize" -> size = positive(p.getText());
                    case "minQty" -> min = positive(p.getText());
                    case "maxQty" -> max = positive(p.getText());
                    case "minNotional", "notional" -> value = positive(p.getText());
                    default -> {
                        // Not used.
                    }
                }
            }
            switch (type) {
                case "PRICE_FILTER" -> tickSize = tick;
                case "LOT_SIZE" -> {
                    step = size;
                    minQty = min;
                    maxQty = max;
                }
                case "MARKET_LOT_SIZE" -> maxMarketQty = max;
                case "NOTIONAL", "MIN_NOTIONAL" -> minValue = value;
                default -> {
                    // Not used.
                }
            }
        }

        private static long millis(String text) {
            return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
        }

        /** The number without superfluous zeros if it is a decimal above 0, otherwise null. */
        private String positive(String text) {
            return decimal.parse(text) && decimal.unscaled() > 0
                    ? decimal.value().stripTrailingZeros().toPlainString()
                    : null;
        }

        ListedInstrument instrument() {
            boolean perpetual = contractType.contains("PERPETUAL");
            return new ListedInstrument(
                    symbol,
                    status,
                    phase(status),
                    tickSize,
                    new ListedInstrument.OrderLimits(step, minQty, maxQty, maxMarketQty, minValue),
                    perpetual,
                    deliveryMillis < NO_DELIVERY ? deliveryMillis : 0,
                    onboardMillis);
        }
    }
}
