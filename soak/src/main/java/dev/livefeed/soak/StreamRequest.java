package dev.livefeed.soak;

import java.util.Locale;

/**
 * A stream that a client may want.
 *
 * @param channel {@code trades}, {@code depth}, {@code depth.N} or {@code kline.1m}
 * @param levels of its book, 0 for trades, -1 for candles
 * @param topic its name at the exchange
 */
record StreamRequest(String category, String channel, String symbol, int levels, String topic) {

    private static final String CANDLES = "kline.1m";
    private static final String OPTION = "option";
    private static final int OPTION_LEVELS = 25;

    static StreamRequest trades(String category, String symbol) {
        return new StreamRequest(category, "trades", symbol, 0, "publicTrade." + symbol);
    }

    /** @param symbol a contract, or a base coin for all its contracts */
    static StreamRequest optionTrades(String symbol) {
        int dash = symbol.indexOf('-');
        String coin = dash < 0 ? symbol : symbol.substring(0, dash);
        return new StreamRequest(OPTION, "trades", symbol, 0, "publicTrade." + coin);
    }

    static StreamRequest book(String category, String symbol, int levels, int usualLevels) {
        String channel = levels == usualLevels ? "depth" : "depth." + levels;
        return new StreamRequest(category, channel, symbol, levels, "orderbook." + levels + '.' + symbol);
    }

    /** The usual books of all option contracts of a base coin. */
    static StreamRequest contractBooks(String baseCoin) {
        return new StreamRequest(
                OPTION, "depth", baseCoin, OPTION_LEVELS, "orderbook." + OPTION_LEVELS + '.' + baseCoin + "-*");
    }

    /** The book of one contract as part of the books of its base coin. */
    StreamRequest contractBook(String contract) {
        return book(category, contract, levels, levels);
    }

    static StreamRequest candles(String category, String symbol) {
        return new StreamRequest(category, CANDLES, symbol, -1, "kline.1." + symbol);
    }

    /** A stream of Binance by the channel of the protocol; books of any number of levels come from one stream. */
    static StreamRequest ofBinance(String category, String channel, String symbol, int levels, String suffix) {
        return new StreamRequest(category, channel, symbol, levels, symbol.toLowerCase(Locale.ROOT) + '@' + suffix);
    }

    /** Whether it stands for all option contracts of a base coin. */
    boolean isBaseCoin() {
        return category.equals(OPTION) && symbol.indexOf('-') < 0;
    }

    /** Whether events of an instrument belong to the stream, as far as its channel has them. */
    boolean covers(String itsCategory, String instrument) {
        return category.equals(itsCategory)
                && (isBaseCoin() ? instrument.startsWith(symbol + '-') : instrument.equals(symbol));
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
