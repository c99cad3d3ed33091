package dev.livefeed.exchange.market;

import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All markets of the local exchange and their common clock. Not thread-safe. */
public final class SimulatedMarkets {

    /** Step of the clock in milliseconds, which is the shortest push interval. */
    public static final int STEP = 10;

    private static final int OPTION_LEVELS = 130;
    private static final long DELIVERY_MILLIS = 10_000;
    private static final int MAX_MARKETS = 5_000;

    private final Map<ProductCategory, Map<String, SimulatedMarket>> markets = new EnumMap<>(ProductCategory.class);
    private final Map<ProductCategory, CrossSequence> sequences = new EnumMap<>(ProductCategory.class);
    private final MarketSettings settings;
    private final long startedAt;
    private final InstrumentTable instruments;
    private final List<Change> changes = new ArrayList<>();
    private Consumer<SimulatedMarket> opened = market -> {};
    private long at;

    /** A state that a market takes at a time. */
    private record Change(SimulatedMarket market, MarketState state, long at) {}

    /**
     * Opens the built-in markets and the requested ones.
     *
     * @param startedAt milliseconds since 1970
     */
    public SimulatedMarkets(MarketSettings settings, Collection<MarketKey> requested, long startedAt) {
        this.settings = settings;
        this.startedAt = startedAt;
        this.at = startedAt / STEP * STEP;
        for (ProductCategory category : ProductCategory.values()) {
            markets.put(category, new LinkedHashMap<>());
            sequences.put(category, new CrossSequence(startedAt));
        }
        this.instruments = new InstrumentTable(startedAt);
        instruments.all().forEach(this::open);
        for (MarketKey key : requested) {
            if (!markets.get(key.category()).containsKey(key.symbol())) {
                open(instruments.get(key));
            }
        }
    }

    private void open(Instrument instrument) {
        int levels = instrument.category() == ProductCategory.OPTION
                ? Math.min(settings.levels(), OPTION_LEVELS)
                : settings.levels();
        MarketSettings marketSettings =
                new MarketSettings(settings.seed(), settings.speed(), levels, settings.tradesKept());
        SimulatedMarket market =
                new SimulatedMarket(instrument, marketSettings, sequences.get(instrument.category()), at);
        markets.get(instrument.category()).put(instrument.symbol(), market);
    }

    /**
     * Advances all markets by one step. Changes of state that are due by now come first, so that what a market has
     * traded until then is published before.
     */
    public void step() {
        if (at % 1_000 == 0) {
            deliver();
        }
        if (!changes.isEmpty()) {
            List<Change> due =
                    changes.stream().filter(change -> change.at() <= at).toList();
            changes.removeAll(due);
            due.forEach(change -> apply(change.market(), change.state()));
        }
        at += STEP;
        markets.values().forEach(byName -> byName.values().forEach(market -> market.advance(at)));
    }

    /** Options are delivered at the time in their name; after the last contract of a date the next ones are listed. */
    private void deliver() {
        for (SimulatedMarket market : List.copyOf(of(ProductCategory.OPTION))) {
            if (market.state() == MarketState.TRADING && market.deliveryTime() > 0 && market.deliveryTime() <= at) {
                String coin = market.instrument().baseCoin();
                apply(market, MarketState.DELIVERING);
                changes.add(new Change(market, MarketState.CLOSED, at + DELIVERY_MILLIS));
                if (of(ProductCategory.OPTION, coin).stream()
                        .noneMatch(other -> other.state() == MarketState.TRADING)) {
                    instruments.options(coin, at).stream()
                            .filter(next -> market(ProductCategory.OPTION, next.symbol()) == null)
                            .forEach(this::open);
                }
            }
        }
    }

    private void apply(SimulatedMarket market, MarketState state) {
        boolean silent = !market.state().streams();
        market.state(state, at);
        if (state == MarketState.TRADING && silent) {
            market.launchTime(at);
            opened.accept(market);
        }
    }

    /** Sets the listener for markets that begin to send data again. */
    public void onOpened(Consumer<SimulatedMarket> listener) {
        opened = listener;
    }

    /**
     * Changes the state of a market, or lists a new one in that state. A launch or a delivery in the future is
     * announced in its key.
     *
     * @param inMillis time until it changes; 0 for now
     * @throws IllegalArgumentException if the symbol cannot be listed
     */
    public void state(MarketKey key, MarketState state, long inMillis) {
        SimulatedMarket market = market(key.category(), key.symbol());
        if (market == null) {
            if (markets.values().stream().mapToInt(Map::size).sum() >= MAX_MARKETS) {
                throw new IllegalArgumentException("there are already " + MAX_MARKETS + " markets, which is the limit");
            }
            open(instruments.get(key));
            market = market(key.category(), key.symbol());
            if (inMillis > 0) {
                market.state(MarketState.PRELAUNCH, at);
            }
        }
        SimulatedMarket of = market;
        changes.removeIf(change -> change.market() == of);
        if (inMillis <= 0) {
            apply(market, state);
            return;
        }
        changes.add(new Change(market, state, at + inMillis));
        if (state == MarketState.TRADING) {
            market.launchTime(at + inMillis);
        } else if (state == MarketState.DELIVERING || (state == MarketState.CLOSED && market.settlementTicks() == 0)) {
            market.deliveryTime(at + inMillis);
        }
    }

    /** Moves the clock without simulating the time between; backwards if negative. */
    public void jump(long millis) {
        long steps = Math.floorDiv(millis, ActivitySchedule.WINDOW) * ActivitySchedule.WINDOW;
        at += steps;
        markets.values().forEach(byName -> byName.values().forEach(market -> market.jump(steps)));
    }

    /** The time of all markets, milliseconds since 1970, a multiple of {@link #STEP}. */
    public long at() {
        return at;
    }

    public long startedAt() {
        return startedAt;
    }

    /** The market of a symbol; null if the category does not list it. */
    public SimulatedMarket market(ProductCategory category, String symbol) {
        return markets.get(category).get(symbol);
    }

    public Collection<SimulatedMarket> of(ProductCategory category) {
        return markets.get(category).values();
    }

    /** The markets of a base coin. */
    public List<SimulatedMarket> of(ProductCategory category, String baseCoin) {
        return of(category).stream()
                .filter(market -> market.instrument().baseCoin().equals(baseCoin))
                .toList();
    }
}
