package dev.livefeed.connector.bybit.topic;

import dev.livefeed.connector.instrument.Contracts;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.RiskEvent.PriceLimit;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.model.Ticker;

/**
 * Identity of a topic: its name at the venue, and what it carries.
 *
 * @param text the venue's name: {@code orderbook.50.BTCUSDT}
 * @param kind type of its frames
 * @param category product category
 * @param channel the channel of the protocol: {@code trades}, {@code depth}, {@code depth.200}, {@code ticker}, {@code
 *     kline.1m}, {@code liquidations} and others
 * @param instrument what is traded; for option trades the base coin, since one topic carries all its contracts, and the
 *     group of a topic that carries a group
 * @param depth levels per side of a book, otherwise 0
 */
public record TopicName(String text, Kind kind, Category category, String channel, InstrumentId instrument, int depth) {

    /** Types of frames. */
    public enum Kind {
        TRADES,
        BOOK,
        TICKER,
        KLINE,
        LIQUIDATIONS,
        RPI_BOOK,
        PRICE_LIMIT,
        ADL,
        INSURANCE,
        SYSTEM
    }

    private static final String TRADES = "trades";
    private static final String DEPTH = "depth";

    /** The instrument's symbol. */
    public String symbol() {
        return instrument.symbol();
    }

    /** Another instrument of the same category, such as a contract of the base coin. */
    public InstrumentId instrument(String other) {
        return category.instrument(other);
    }

    /**
     * The topic of a channel and symbol.
     *
     * @param defaultDepth depth of the channel {@code depth}
     * @throws IllegalArgumentException if the venue has no such topic; the message says why
     */
    public static TopicName of(Category category, String channel, String symbol, int defaultDepth) {
        if (channel.equals(TRADES)) {
            String of = category == Category.OPTION ? Contracts.baseCoin(symbol) : symbol;
            return new TopicName("publicTrade." + of, Kind.TRADES, category, channel, category.instrument(of), 0);
        }
        if (channel.equals(DEPTH)) {
            return book(category, DEPTH, symbol, defaultDepth);
        }
        if (channel.equals(RpiDepth.CHANNEL)) {
            return plain("orderbook.rpi.", Kind.RPI_BOOK, category, channel, symbol);
        }
        if (channel.equals(PriceLimit.CHANNEL)) {
            return plain("priceLimit.", Kind.PRICE_LIMIT, category, channel, symbol);
        }
        if (channel.startsWith(DEPTH + '.')) {
            int depth = depth(category, channel.substring(DEPTH.length() + 1));
            return book(category, depth == defaultDepth ? DEPTH : channel, symbol, depth);
        }
        if (channel.equals(Ticker.TYPE)) {
            return new TopicName("tickers." + symbol, Kind.TICKER, category, channel, category.instrument(symbol), 0);
        }
        if (channel.startsWith(Kline.TYPE + '.')) {
            return candles(category, channel, symbol);
        }
        if (channel.equals(Liquidation.CHANNEL)) {
            if (!category.futures()) {
                throw new IllegalArgumentException(
                        "category " + category + " has no liquidations; they exist for linear and inverse");
            }
            return new TopicName(
                    "allLiquidation." + symbol, Kind.LIQUIDATIONS, category, channel, category.instrument(symbol), 0);
        }
        TopicName ofGroup = GroupTopics.of(category, channel, symbol);
        if (ofGroup != null) {
            return ofGroup;
        }
        throw new IllegalArgumentException("channel is \"" + channel
                + "\", must be trades, depth, depth.N with N one of " + category.depths()
                + ", depth.rpi, ticker, liquidations, adl, insurance, price-limit, system or kline.I with I one of "
                + KlineInterval.names());
    }

    private static TopicName plain(String prefix, Kind kind, Category category, String channel, String symbol) {
        if (category == Category.OPTION) {
            throw new IllegalArgumentException("category option has no channel " + channel);
        }
        return new TopicName(prefix + symbol, kind, category, channel, category.instrument(symbol), 0);
    }

    private static TopicName candles(Category category, String channel, String symbol) {
        String name = channel.substring(Kline.TYPE.length() + 1);
        KlineInterval interval = KlineInterval.of(name);
        if (interval == null) {
            throw new IllegalArgumentException("interval is \"" + name + "\", must be one of " + KlineInterval.names()
                    + " (1m is a minute, 1M a month)");
        }
        if (category == Category.OPTION) {
            throw new IllegalArgumentException("category option has no candles; subscribe its trades or ticker");
        }
        return new TopicName(
                "kline." + venueName(interval) + '.' + symbol,
                Kind.KLINE,
                category,
                channel,
                category.instrument(symbol),
                0);
    }

    private static String venueName(KlineInterval interval) {
        return switch (interval) {
            case MINUTE -> "1";
            case MINUTES_3 -> "3";
            case MINUTES_5 -> "5";
            case MINUTES_15 -> "15";
            case MINUTES_30 -> "30";
            case HOUR -> "60";
            case HOURS_2 -> "120";
            case HOURS_4 -> "240";
            case HOURS_6 -> "360";
            case HOURS_12 -> "720";
            case DAY -> "D";
            case WEEK -> "W";
            case MONTH -> "M";
        };
    }

    /** The venue's name of its candles' interval: {@code 1}, {@code D}. Only for candles. */
    public String venueInterval() {
        return venueName(interval());
    }

    /** Interval of its candles, null for other topics. */
    public KlineInterval interval() {
        return kind == Kind.KLINE ? KlineInterval.of(channel.substring(Kline.TYPE.length() + 1)) : null;
    }

    /** Whether its frames are about several instruments, of which some may be wanted. */
    public boolean mixesSymbols() {
        return (kind == Kind.TRADES && category == Category.OPTION) || ofGroup();
    }

    /** Whether the venue has one topic for a group of instruments: see {@link GroupTopics}. */
    public boolean ofGroup() {
        return kind == Kind.ADL || kind == Kind.INSURANCE || kind == Kind.SYSTEM;
    }

    /** Whether it is subscribed on the connection for the venue's announcements. */
    public boolean announcements() {
        return kind == Kind.SYSTEM;
    }

    private static TopicName book(Category category, String channel, String symbol, int depth) {
        return new TopicName(
                "orderbook." + depth + '.' + symbol, Kind.BOOK, category, channel, category.instrument(symbol), depth);
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
