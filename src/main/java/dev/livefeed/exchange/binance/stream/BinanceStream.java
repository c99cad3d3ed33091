package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.market.Interval;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.stream.PublishedTopic;
import java.util.Locale;
import java.util.Optional;

/**
 * A stream of one symbol, or of all.
 *
 * @param text the venue's name, {@code btcusdt@depth@100ms} or {@code !miniTicker@arr}
 * @param name symbol in capital letters; empty for all
 * @param levels levels a side of a partial book, else 0
 * @param millis interval between its frames
 * @param interval interval of candles, else null
 */
public record BinanceStream(
        ProductCategory category, String text, Kind kind, String name, int levels, int millis, Interval interval)
        implements PublishedTopic {

    /** What a stream carries. */
    public enum Kind {
        TRADE(true),
        AGGREGATE_TRADE(false),
        DEPTH(true),
        PARTIAL_DEPTH(true),
        BOOK_TICKER(true),
        KLINE(false),
        TICKER(false),
        MINI_TICKER(false),
        MARK_PRICE(false),
        LIQUIDATION(false);

        private final boolean inPublicGroup;

        Kind(boolean inPublicGroup) {
            this.inPublicGroup = inPublicGroup;
        }

        /** Whether futures carry it in the group {@code /public}, and otherwise on {@code /market}. */
        public boolean inPublicGroup() {
            return inPublicGroup;
        }
    }

    /** Parses a name; empty if there is no such stream. Does not check whether the symbol is listed. */
    public static Optional<BinanceStream> parse(ProductCategory category, String text) {
        if (text.startsWith("!")) {
            return ofAll(category, text);
        }
        int at = text.indexOf('@');
        String symbol = at < 0 ? "" : text.substring(0, at);
        if (symbol.isEmpty() || !symbol.equals(symbol.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        String name = symbol.toUpperCase(Locale.ROOT);
        boolean futures = category.futures();
        String suffix = text.substring(at + 1);
        if (suffix.startsWith("depth")) {
            return depth(category, text, name, suffix.substring("depth".length()));
        }
        if (suffix.startsWith("kline_")) {
            return interval(category, suffix.substring("kline_".length()))
                    .map(interval -> new BinanceStream(
                            category, text, Kind.KLINE, name, 0, klineMillis(futures, interval), interval));
        }
        return switch (suffix) {
            case "trade" -> plain(category, text, Kind.TRADE, name, SimulatedMarkets.STEP);
            case "aggTrade" -> plain(category, text, Kind.AGGREGATE_TRADE, name, futures ? 100 : SimulatedMarkets.STEP);
            case "bookTicker" -> plain(category, text, Kind.BOOK_TICKER, name, SimulatedMarkets.STEP);
            case "ticker" -> plain(category, text, Kind.TICKER, name, 1000);
            case "miniTicker" -> plain(category, text, Kind.MINI_TICKER, name, 1000);
            case "markPrice" -> futures ? plain(category, text, Kind.MARK_PRICE, name, 3000) : Optional.empty();
            case "markPrice@1s" -> futures ? plain(category, text, Kind.MARK_PRICE, name, 1000) : Optional.empty();
            case "forceOrder" -> futures ? plain(category, text, Kind.LIQUIDATION, name, 1000) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Spot has given up those of all tickers and all book tickers. */
    private static Optional<BinanceStream> ofAll(ProductCategory category, String text) {
        if (text.equals("!miniTicker@arr")) {
            return plain(category, text, Kind.MINI_TICKER, "", 1000);
        }
        if (!category.futures()) {
            return Optional.empty();
        }
        return switch (text) {
            case "!ticker@arr" -> plain(category, text, Kind.TICKER, "", 1000);
            case "!bookTicker" -> plain(category, text, Kind.BOOK_TICKER, "", 5000);
            case "!markPrice@arr" -> plain(category, text, Kind.MARK_PRICE, "", 3000);
            case "!markPrice@arr@1s" -> plain(category, text, Kind.MARK_PRICE, "", 1000);
            case "!forceOrder@arr" -> plain(category, text, Kind.LIQUIDATION, "", 1000);
            default -> Optional.empty();
        };
    }

    private static int klineMillis(boolean futures, Interval interval) {
        if (futures) {
            return 250;
        }
        return interval == Interval.S1 ? 1000 : 2000;
    }

    private static Optional<BinanceStream> plain(
            ProductCategory category, String text, Kind kind, String name, int millis) {
        return Optional.of(new BinanceStream(category, text, kind, name, 0, millis, null));
    }

    private static Optional<BinanceStream> depth(ProductCategory category, String text, String name, String rest) {
        boolean futures = category.futures();
        int at = rest.indexOf('@');
        String levels = at < 0 ? rest : rest.substring(0, at);
        // The interval of 250 ms of futures has no name of its own.
        int millis =
                switch (at < 0 ? "" : rest.substring(at + 1)) {
                    case "" -> futures ? 250 : 1000;
                    case "100ms" -> 100;
                    case "1000ms" -> futures ? 0 : 1000;
                    case "500ms" -> futures ? 500 : 0;
                    default -> 0;
                };
        if (millis == 0) {
            return Optional.empty();
        }
        // The clock has steps of 10 ms.
        return switch (levels) {
            case "" -> Optional.of(new BinanceStream(category, text, Kind.DEPTH, name, 0, millis, null));
            case "5", "10", "20" ->
                Optional.of(new BinanceStream(
                        category, text, Kind.PARTIAL_DEPTH, name, Integer.parseInt(levels), millis, null));
            default -> Optional.empty();
        };
    }

    /** The interval of a word such as {@code 1h}; empty if the market does not have it. */
    public static Optional<Interval> interval(ProductCategory category, String word) {
        return switch (word) {
            case "1s" -> category.futures() ? Optional.empty() : Optional.of(Interval.S1);
            case "1m", "3m", "5m", "15m", "30m" -> Interval.of(word.substring(0, word.length() - 1));
            case "1h", "2h", "4h", "6h", "12h" ->
                Interval.of(Integer.toString(60 * Integer.parseInt(word.substring(0, word.length() - 1))));
            case "8h" -> Optional.of(Interval.H8);
            case "1d" -> Optional.of(Interval.DAY);
            case "3d" -> Optional.of(Interval.D3);
            case "1w" -> Optional.of(Interval.WEEK);
            case "1M" -> Optional.of(Interval.MONTH);
            default -> Optional.empty();
        };
    }

    /** Whether it is one of all symbols. */
    public boolean all() {
        return name.isEmpty();
    }

    @Override
    public boolean streams(SimulatedMarkets markets) {
        if (all()) {
            return true;
        }
        SimulatedMarket market = markets.market(category, name);
        return market != null && market.state().streams();
    }
}
