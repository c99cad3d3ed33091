package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.Interval;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import java.util.List;
import java.util.Optional;

/**
 * A topic of a public stream.
 *
 * @param name symbol; base coin for option trades; settlement coin, or {@code inverse}, for a group of contracts
 * @param depth levels per side of a book, else 0
 * @param interval interval of candles, else null
 */
record StreamTopic(ProductCategory category, String text, Kind kind, String name, int depth, Interval interval)
        implements PublishedTopic {

    enum Kind {
        TRADES,
        BOOK,
        TICKER,
        CANDLES,
        LIQUIDATIONS,
        RPI_BOOK,
        PRICE_LIMIT,
        ADL,
        INSURANCE,
        ANNOUNCEMENTS;

        /** Whether its name is that of a group of contracts. */
        boolean ofGroup() {
            return this == ADL || this == INSURANCE;
        }
    }

    private static final String INVERSE = "inverse";

    /**
     * Parses a topic; empty if the category has no such topic. Does not check whether the symbol is listed.
     */
    static Optional<StreamTopic> parse(ProductCategory category, String text) {
        int dot = text.indexOf('.');
        String rest = text.substring(dot + 1);
        return switch (dot < 0 ? "" : text.substring(0, dot)) {
            case "publicTrade" -> plain(category, text, Kind.TRADES, rest);
            case "tickers" -> plain(category, text, Kind.TICKER, rest);
            case "allLiquidation" ->
                category.futures() ? plain(category, text, Kind.LIQUIDATIONS, rest) : Optional.empty();
            case "orderbook" -> book(category, text, rest);
            case "priceLimit" ->
                category == ProductCategory.OPTION ? Optional.empty() : plain(category, text, Kind.PRICE_LIMIT, rest);
            case "adlAlert" -> group(category, text, Kind.ADL, rest);
            case "insurance" -> group(category, text, Kind.INSURANCE, rest);
            case "system" -> rest.equals("status") ? plain(category, text, Kind.ANNOUNCEMENTS, rest) : Optional.empty();
            case "kline" -> candles(category, text, rest);
            default -> Optional.empty();
        };
    }

    /** Whether the symbol or base coin is listed. */
    boolean listed(SimulatedMarkets markets) {
        if (kind.ofGroup() || kind == Kind.ANNOUNCEMENTS) {
            return true;
        }
        return category == ProductCategory.OPTION && kind == Kind.TRADES
                ? markets.of(category, name).stream().anyMatch(StreamTopic::exists)
                : markets.market(category, name) != null && exists(markets.market(category, name));
    }

    private static boolean exists(SimulatedMarket market) {
        return market.state() != MarketState.CLOSED;
    }

    /** Whether its market sends anything in its state; the trades of a base coin always do. */
    @Override
    public boolean streams(SimulatedMarkets markets) {
        SimulatedMarket market = markets.market(category, name);
        return market == null || market.state().streams();
    }

    private static Optional<StreamTopic> plain(ProductCategory category, String text, Kind kind, String name) {
        return Optional.of(new StreamTopic(category, text, kind, name, 0, null));
    }

    private static Optional<StreamTopic> group(ProductCategory category, String text, Kind kind, String name) {
        List<String> groups =
                switch (category) {
                    case LINEAR -> List.of("USDT", "USDC");
                    case INVERSE -> List.of(INVERSE);
                    default -> List.of();
                };
        return groups.contains(name) ? plain(category, text, kind, name) : Optional.empty();
    }

    /** Whether the contract belongs to the group. */
    boolean groups(Instrument contract) {
        return name.equals(INVERSE) || contract.settleCoin().equals(name);
    }

    private static Optional<StreamTopic> book(ProductCategory category, String text, String rest) {
        int dot = rest.indexOf('.');
        String depth = dot < 0 ? "" : rest.substring(0, dot);
        if (depth.equals("rpi") && category != ProductCategory.OPTION) {
            return plain(category, text, Kind.RPI_BOOK, rest.substring(dot + 1));
        }
        if (!depth.matches("[1-9]\\d{0,3}")
                || category.pushMillis(Integer.parseInt(depth)).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new StreamTopic(category, text, Kind.BOOK, rest.substring(dot + 1), Integer.parseInt(depth), null));
    }

    private static Optional<StreamTopic> candles(ProductCategory category, String text, String rest) {
        int dot = rest.indexOf('.');
        if (dot < 0 || category == ProductCategory.OPTION) {
            return Optional.empty();
        }
        return Interval.of(rest.substring(0, dot))
                .map(interval -> new StreamTopic(category, text, Kind.CANDLES, rest.substring(dot + 1), 0, interval));
    }
}
