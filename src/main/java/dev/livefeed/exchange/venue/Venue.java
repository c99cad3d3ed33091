package dev.livefeed.exchange.venue;

import dev.livefeed.exchange.venue.Listings.Listing;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All markets of the exchange and their common clock. Not thread-safe. */
public final class Venue {

    /** Step of the clock in milliseconds, which is the shortest push interval. */
    public static final int STEP = 10;

    private static final int OPTION_LEVELS = 130;

    private final Map<ProductCategory, Map<String, SimulatedMarket>> markets = new EnumMap<>(ProductCategory.class);
    private final Map<ProductCategory, CrossSequence> sequences = new EnumMap<>(ProductCategory.class);
    private final MarketSettings settings;
    private final long startedAt;
    private long at;

    /**
     * Opens the built-in markets and the requested ones.
     *
     * @param startedAt milliseconds since 1970
     */
    public Venue(MarketSettings settings, Collection<Listing> requested, long startedAt) {
        this.settings = settings;
        this.startedAt = startedAt;
        this.at = startedAt / STEP * STEP;
        for (ProductCategory category : ProductCategory.values()) {
            markets.put(category, new LinkedHashMap<>());
            sequences.put(category, new CrossSequence(startedAt));
        }
        Listings listings = new Listings(startedAt);
        listings.all().forEach(this::open);
        for (Listing listing : requested) {
            if (!markets.get(listing.category()).containsKey(listing.symbol())) {
                open(listings.get(listing));
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

    /** Advances all markets by one step. */
    public void step() {
        at += STEP;
        markets.values().forEach(byName -> byName.values().forEach(market -> market.advance(at)));
    }

    /** Moves the venue's clock without simulating the time between; backwards if negative. */
    public void jump(long millis) {
        long steps = Math.floorDiv(millis, ActivitySchedule.WINDOW) * ActivitySchedule.WINDOW;
        at += steps;
        markets.values().forEach(byName -> byName.values().forEach(market -> market.jump(steps)));
    }

    /** The venue's time, milliseconds since 1970, a multiple of {@link #STEP}. */
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

    public Collection<SimulatedMarket> markets(ProductCategory category) {
        return markets.get(category).values();
    }

    /** The markets of a base coin. */
    public List<SimulatedMarket> markets(ProductCategory category, String baseCoin) {
        return markets(category).stream()
                .filter(market -> market.instrument().baseCoin().equals(baseCoin))
                .toList();
    }
}
