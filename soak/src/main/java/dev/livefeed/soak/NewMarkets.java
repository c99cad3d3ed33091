package dev.livefeed.soak;

import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.venue.Listings.Listing;
import dev.livefeed.exchange.venue.MarketState;
import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.venue.SimulatedMarket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Markets that are listed, or begin to trade, in the course of a sequence. */
final class NewMarkets {

    private static final long LONGEST_ANNOUNCEMENT = 20 * SimulatedTime.SECOND;

    private final Exchange exchange;
    private final SimulatedTime time;
    private final SplittableRandom random;
    private final Consumer<Listing> listed;
    /** Markets that are to be listed during the faults. */
    private final Set<Listing> unlisted = new LinkedHashSet<>();

    private final List<Listing> contracts = new ArrayList<>();

    /** Listed markets that do not trade before the end of the sequence. */
    private final Set<Listing> unlaunched = new LinkedHashSet<>();

    /** @param listed receives each market when it is listed */
    NewMarkets(Exchange exchange, SimulatedTime time, SplittableRandom random, Consumer<Listing> listed) {
        this.exchange = exchange;
        this.time = time;
        this.random = random;
        this.listed = listed;
    }

    /** Lists a market now or later, and lets it begin to trade now, later or not at all; returns what was chosen. */
    String plan(Listing listing, long withinNanos) {
        long at = random.nextLong(withinNanos);
        // Spot markets are not announced before they trade.
        switch (listing.category() == ProductCategory.SPOT ? 2 : random.nextInt(4)) {
            case 0 -> {
                launchIn(listing, at);
                return "trades after " + at / SimulatedTime.MILLI + " ms";
            }
            case 1 -> {
                announce(listing);
                return "is announced";
            }
            case 2 -> {
                unlisted.add(listing);
                time.in(at, () -> listNow(listing));
                return "is listed after " + at / SimulatedTime.MILLI + " ms";
            }
            default -> {
                unlisted.add(listing);
                time.in(at, () -> {
                    if (unlisted.remove(listing)) {
                        launchIn(listing, random.nextLong(LONGEST_ANNOUNCEMENT));
                    }
                });
                return "is announced after " + at / SimulatedTime.MILLI + " ms";
            }
        }
    }

    /** Lists a market that does not trade. */
    void announce(Listing listing) {
        unlaunched.add(listing);
        set(listing, random.nextBoolean() ? MarketState.PRELAUNCH : MarketState.AUCTION, 0);
    }

    private void launchIn(Listing listing, long nanos) {
        set(listing, random.nextBoolean() ? MarketState.PRELAUNCH : MarketState.AUCTION, 0);
        set(listing, MarketState.TRADING, Math.max(10, nanos / SimulatedTime.MILLI));
    }

    private void listNow(Listing listing) {
        if (unlisted.remove(listing)) {
            set(listing, MarketState.TRADING, 0);
        }
    }

    /** Lists another contract of a base coin, which trades now or soon; returns it. */
    Listing contract(String baseCoin) {
        List<String> names = new ArrayList<>();
        for (SimulatedMarket market : exchange.venue().markets(ProductCategory.OPTION, baseCoin)) {
            names.add(market.instrument().symbol());
        }
        String[] parts = names.get(random.nextInt(names.size())).split("-");
        String symbol;
        do {
            parts[2] = Long.toString(Long.parseLong(parts[2]) + 100);
            symbol = String.join("-", parts);
        } while (names.contains(symbol));
        Listing listing = new Listing(ProductCategory.OPTION, symbol);
        contracts.add(listing);
        if (random.nextBoolean()) {
            set(listing, MarketState.TRADING, 0);
        } else {
            launchIn(listing, random.nextLong(LONGEST_ANNOUNCEMENT));
        }
        return listing;
    }

    /** Lists what is still to be listed, and lets new contracts trade. */
    void listAll() {
        List.copyOf(unlisted).forEach(this::listNow);
        contracts.stream()
                .filter(contract -> !exchange.venue()
                        .market(contract.category(), contract.symbol())
                        .state()
                        .streams())
                .forEach(contract -> set(contract, MarketState.TRADING, 0));
    }

    /** Lets every market trade. */
    void launchAll() {
        unlaunched.forEach(listing -> set(listing, MarketState.TRADING, 0));
        unlaunched.clear();
    }

    private void set(Listing listing, MarketState state, long inMillis) {
        exchange.venue().state(listing, state, inMillis);
        listed.accept(listing);
    }
}
