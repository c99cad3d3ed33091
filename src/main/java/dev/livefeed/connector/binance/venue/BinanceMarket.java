package dev.livefeed.connector.binance.venue;

import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The markets of the venue and what differs between them. */
public enum BinanceMarket implements VenueCategory {
    SPOT("spot", "/api/v3", 5_000, 5),
    USDM("linear", "/fapi/v1", 1_000, 10);

    private static final String VENUE = "binance";

    private final String category;
    private final String restPath;
    private final int snapshotLevels;
    private final int messagesPerSecond;

    BinanceMarket(String category, String restPath, int snapshotLevels, int messagesPerSecond) {
        this.category = category;
        this.restPath = restPath;
        this.snapshotLevels = snapshotLevels;
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

    /** Limit on the messages to the venue on a connection, pings and pongs included. */
    public int messagesPerSecond() {
        return messagesPerSecond;
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
