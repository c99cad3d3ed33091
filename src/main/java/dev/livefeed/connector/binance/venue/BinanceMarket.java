package dev.livefeed.connector.binance.venue;

import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The markets of the venue and what differs between them. */
public enum BinanceMarket implements VenueCategory {
    SPOT("spot", "/api/v3", 5_000, 6_000, 5),
    USDM("linear", "/fapi/v1", 1_000, 2_400, 10);

    private static final String VENUE = "binance";

    private final String category;
    private final String restPath;
    private final int snapshotLevels;
    private final int weightPerMinute;
    private final int messagesPerSecond;

    BinanceMarket(String category, String restPath, int snapshotLevels, int weightPerMinute, int messagesPerSecond) {
        this.category = category;
        this.restPath = restPath;
        this.snapshotLevels = snapshotLevels;
        this.weightPerMinute = weightPerMinute;
        this.messagesPerSecond = messagesPerSecond;
    }

    /** The value of the setting. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The market of that setting, one of {@link #settings}. */
    public static BinanceMarket of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }

    public static List<String> settings() {
        return Arrays.stream(values()).map(BinanceMarket::setting).toList();
    }

    @Override
    public String text() {
        return category;
    }

    public InstrumentId instrument(String symbol) {
        return InstrumentId.of(VENUE, category, symbol);
    }

    /** The start of the paths of its REST interface. */
    public String restPath() {
        return restPath;
    }

    /** Maximum number of levels a side in a snapshot. */
    public int snapshotLevels() {
        return snapshotLevels;
    }

    /** Limit on the weight of the REST requests of an address. */
    public int weightPerMinute() {
        return weightPerMinute;
    }

    /** Limit on the messages to the venue on a connection, pings and pongs included. */
    public int messagesPerSecond() {
        return messagesPerSecond;
    }

    /** Weight of a request for a snapshot. */
    public int snapshotWeight(int levels) {
        if (this == SPOT) {
            return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1_000 ? 50 : 250;
        }
        return levels <= 50 ? 2 : levels <= 100 ? 5 : levels <= 500 ? 10 : 20;
    }

    /** Weight of a request for up to 1,000 aggregate trades. */
    public int aggTradesWeight() {
        return this == SPOT ? 4 : 20;
    }

    /** Weight of a request for up to 1,000 single trades, by id. */
    public int tradesWeight() {
        return this == SPOT ? 25 : 20;
    }

    /** Weight of a request for up to 1,000 candles. */
    public int klinesWeight() {
        return this == SPOT ? 2 : 5;
    }

    /** Weight of a request for all instruments. */
    public int listingWeight() {
        return this == SPOT ? 20 : 1;
    }

    /** Whether there are mark prices and liquidations. */
    public boolean futures() {
        return this == USDM;
    }

    @Override
    public String toString() {
        return category;
    }
}
