package dev.livefeed.connector.bybit;

/**
 * What a topic is about, and its name at the venue.
 *
 * @param text the venue's name: {@code orderbook.50.BTCUSDT}
 * @param kind what its frames hold
 * @param category product category
 * @param channel the channel of the protocol: {@code trades}, {@code depth} or {@code depth.200}
 * @param symbol instrument; of option trades the base coin, since one topic holds all its contracts
 * @param depth levels a side of a book, otherwise 0
 */
record TopicName(String text, Kind kind, Category category, String channel, String symbol, int depth) {

    /** The forms of frames. */
    enum Kind {
        TRADES,
        BOOK
    }

    private static final String TRADES = "trades";
    private static final String DEPTH = "depth";

    /**
     * The topic of a channel and symbol.
     *
     * @param defaultDepth depth of the channel {@code depth}
     * @throws IllegalArgumentException where the venue has no such topic; the message says why
     */
    static TopicName of(Category category, String channel, String symbol, int defaultDepth) {
        if (channel.equals(TRADES)) {
            String of = category == Category.OPTION ? Contracts.baseCoin(symbol) : symbol;
            return new TopicName("publicTrade." + of, Kind.TRADES, category, channel, of, 0);
        }
        if (channel.equals(DEPTH)) {
            return book(category, DEPTH, symbol, defaultDepth);
        }
        if (channel.startsWith(DEPTH + '.')) {
            int depth = depth(category, channel.substring(DEPTH.length() + 1));
            return book(category, depth == defaultDepth ? DEPTH : channel, symbol, depth);
        }
        throw new IllegalArgumentException(
                "channel is \"" + channel + "\", must be trades, depth or depth.N with N one of " + category.depths());
    }

    /** Whether its frames hold trades of several instruments. */
    boolean mixesSymbols() {
        return kind == Kind.TRADES && category == Category.OPTION;
    }

    private static TopicName book(Category category, String channel, String symbol, int depth) {
        return new TopicName("orderbook." + depth + '.' + symbol, Kind.BOOK, category, channel, symbol, depth);
    }

    private static int depth(Category category, String text) {
        for (int depth : category.depths()) {
            if (text.equals(Integer.toString(depth))) {
                return depth;
            }
        }
        throw new IllegalArgumentException(
                "depth is \"" + text + "\", must be one of " + category.depths() + " in category " + category);
    }
}
