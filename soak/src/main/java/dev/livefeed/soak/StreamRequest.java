package dev.livefeed.soak;

/**
 * A stream that a client may want.
 *
 * @param channel {@code trades}, {@code depth}, {@code depth.N} or {@code kline.1m}
 * @param levels of its book, 0 for trades, -1 for candles
 * @param topic its name at the exchange
 */
record StreamRequest(String category, String channel, String symbol, int levels, String topic) {

    private static final String CANDLES = "kline.1m";

    static StreamRequest trades(String category, String symbol) {
        return new StreamRequest(category, "trades", symbol, 0, "publicTrade." + symbol);
    }

    static StreamRequest book(String category, String symbol, int levels, int usualLevels) {
        String channel = levels == usualLevels ? "depth" : "depth." + levels;
        return new StreamRequest(category, channel, symbol, levels, "orderbook." + levels + '.' + symbol);
    }

    static StreamRequest candles(String category, String symbol) {
        return new StreamRequest(category, CANDLES, symbol, -1, "kline.1." + symbol);
    }

    boolean isCandles() {
        return channel.equals(CANDLES);
    }

    boolean isBook() {
        return levels > 0;
    }

    @Override
    public String toString() {
        return category + ' ' + topic;
    }
}
