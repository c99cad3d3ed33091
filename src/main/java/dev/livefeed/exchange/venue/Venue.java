package dev.livefeed.exchange.venue;

import dev.livefeed.exchange.venue.Listings.Listing;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All markets of the exchange and their common time. Not thread-safe: one thread owns it. */
public final class Venue {

    /** The shortest push interval, in milliseconds: time moves in steps of it. */
    public static final int STEP = 10;

    private static final int OPTION_LEVELS = 130;

    private final Map<ProductCategory, Map<String, SimulatedMarket>> markets = new EnumMap<>(ProductCategory.class);
    private final Map<ProductCategory, Sequence> sequences = new EnumMap<>(ProductCategory.class);
    private final MarketSettings settings;
    private final long startedAt;
    private long at;

    /**
     * Opens the known markets and those asked for.
     *
     * @param startedAt milliseconds since 1970
     */
    public Venue(MarketSettings settings, Collection<Listing> asked, long startedAt) {
        this.settings = settings;
        this.startedAt = startedAt;
        this.at = startedAt / STEP * STEP;
        for (ProductCategory category : ProductCategory.values()) {
            markets.put(category, new LinkedHashMap<>());
            sequences.put(category, new Sequence(startedAt));
        }
        Listings listings = new Listings(startedAt);
        listings.all().forEach(this::open);
        for (Listing listing : asked) {
            if (!markets.get(listing.category()).containsKey(listing.symbol())) {
                open(listings.get(listing));
            }
        }
    }

    private void open(Instrument instrument) {
        int levels = instrument.category() == ProductCategory.OPTION
                ? Math.min(settings.levels(), OPTION_LEVELS)
                : settings.levels();
        MarketSettings own = new MarketSettings(settings.seed(), settings.speed(), levels, settings.tapeLength());
        SimulatedMarket market = new SimulatedMarket(instrument, own, sequences.get(instrument.category()), at);
        markets.get(instrument.category()).put(instrument.symbol(), market);
    }

    /** Lets one step of time pass. */
    public void step() {
        at += STEP;
        markets.values().forEach(byName -> byName.values().forEach(market -> market.advance(at)));
    }

    /** Moves the venue's clock without living through the time between; backwards if negative. */
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

    /** The market of a symbol; null if it is not listed in this category. */
    public SimulatedMarket market(ProductCategory category, String symbol) {
        return markets.get(category).get(symbol);
    }

    public Collection<SimulatedMarket> markets(ProductCategory category) {
        return markets.get(category).values();
    }

    /** The markets of one base coin. */
    public List<SimulatedMarket> markets(ProductCategory category, String baseCoin) {
        return markets(category).stream()
                .filter(market -> market.instrument().baseCoin().equals(baseCoin))
                .toList();
    }
}
