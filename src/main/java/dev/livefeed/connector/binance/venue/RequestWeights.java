package dev.livefeed.connector.binance.venue;

/**
 * The weights of REST requests and the limit on them, which differ between the venue's markets and sites.
 *
 * <p>The limit is the one that is published; {@code exchangeInfo} says which one is in force.
 */
public enum RequestWeights {
    SPOT(6_000, 4, 25, 2, 20) {
        @Override
        public int snapshot(int levels) {
            return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1_000 ? 50 : 250;
        }
    },
    USDM(2_400, 20, 20, 5, 1) {
        @Override
        public int snapshot(int levels) {
            return levels <= 50 ? 2 : levels <= 100 ? 5 : levels <= 500 ? 10 : 20;
        }
    },
    /** Binance.US has kept the lower limit and weights that spot had before. */
    US(1_200, 1, 5, 1, 10) {
        @Override
        public int snapshot(int levels) {
            return levels <= 100 ? 1 : levels <= 500 ? 5 : levels <= 1_000 ? 10 : 50;
        }
    };

    private final int perMinute;
    private final int aggTrades;
    private final int trades;
    private final int klines;
    private final int listing;

    RequestWeights(int perMinute, int aggTrades, int trades, int klines, int listing) {
        this.perMinute = perMinute;
        this.aggTrades = aggTrades;
        this.trades = trades;
        this.klines = klines;
        this.listing = listing;
    }

    /** The published limit of an address per minute. */
    public int perMinute() {
        return perMinute;
    }

    /** A snapshot of a book. */
    public abstract int snapshot(int levels);

    /** Up to 1,000 aggregate trades. */
    public int aggTrades() {
        return aggTrades;
    }

    /** Up to 1,000 single trades, by id. */
    public int trades() {
        return trades;
    }

    /** Up to 1,000 candles. */
    public int klines() {
        return klines;
    }

    /** All instruments. */
    public int listing() {
        return listing;
    }
}
