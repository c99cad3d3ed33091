package dev.livefeed.soak;

import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
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
    private final Consumer<MarketKey> listed;
    /** Markets that are to be listed during the faults. */
    private final Set<MarketKey> unlisted = new LinkedHashSet<>();

    private final List<MarketKey> contracts = new ArrayList<>();

    /** Listed markets that do not trade before the end of the sequence. */
    private final Set<MarketKey> unlaunched = new LinkedHashSet<>();

    /** @param listed receives each market when it is listed */
    NewMarkets(Exchange exchange, SimulatedTime time, SplittableRandom random, Consumer<MarketKey> listed) {
        this.exchange = exchange;
        this.time = time;
        this.random = random;
        this.listed = listed;
    }

    /** Lists a market now or later, and lets it begin to trade now, later or not at all; returns what was chosen. */
    String plan(MarketKey key, long withinNanos) {
        long at = random.nextLong(withinNanos);
        // Spot markets are not announced before they trade.
        switch (key.category() == ProductCategory.SPOT ? 2 : random.nextInt(4)) {
            case 0 -> {
                launchIn(key, at);
                return "trades after " + at / SimulatedTime.MILLI + " ms";
            }
            case 1 -> {
                announce(key);
                return "is announced";
            }
            case 2 -> {
                unlisted.add(key);
                time.in(at, () -> listNow(key));
                return "is listed after " + at / SimulatedTime.MILLI + " ms";
            }
            default -> {
                unlisted.add(key);
                time.in(at, () -> {
                    if (unlisted.remove(key)) {
                        launchIn(key, random.nextLong(LONGEST_ANNOUNCEMENT));
                    }
                });
                return "is announced after " + at / SimulatedTime.MILLI + " ms";
            }
        }
    }

    /** Lists a market that does not trade. */
    void announce(MarketKey key) {
        unlaunched.add(key);
        set(key, random.nextBoolean() ? MarketState.PRELAUNCH : MarketState.AUCTION, 0);
    }

    private void launchIn(MarketKey key, long nanos) {
        set(key, random.nextBoolean() ? MarketState.PRELAUNCH : MarketState.AUCTION, 0);
        set(key, MarketState.TRADING, Math.max(10, nanos / SimulatedTime.MILLI));
    }

    private void listNow(MarketKey key) {
        if (unlisted.remove(key)) {
            set(key, MarketState.TRADING, 0);
        }
    }

    /** Lists another contract of a base coin, which trades now or soon; returns it. */
    MarketKey contract(String baseCoin) {
        List<String> names = new ArrayList<>();
        for (SimulatedMarket market : exchange.markets().of(ProductCategory.OPTION, baseCoin)) {
            names.add(market.instrument().symbol());
        }
        String[] parts = names.get(random.nextInt(names.size())).split("-");
        String symbol;
        do {
            parts[2] = Long.toString(Long.parseLong(parts[2]) + 100);
            symbol = String.join("-", parts);
        } while (names.contains(symbol));
        MarketKey key = new MarketKey(ProductCategory.OPTION, symbol);
        contracts.add(key);
        if (random.nextBoolean()) {
            set(key, MarketState.TRADING, 0);
        } else {
            launchIn(key, random.nextLong(LONGEST_ANNOUNCEMENT));
        }
        return key;
    }

    /** Lists what is still to be listed, and lets new contracts trade. */
    void listAll() {
        List.copyOf(unlisted).forEach(this::listNow);
        contracts.stream()
                .filter(contract -> !exchange.markets()
                        .market(contract.category(), contract.symbol())
                        .state()
                        .streams())
                .forEach(contract -> set(contract, MarketState.TRADING, 0));
    }

    /** Lets every market trade. */
    void launchAll() {
        unlaunched.forEach(key -> set(key, MarketState.TRADING, 0));
        unlaunched.clear();
    }

    private void set(MarketKey key, MarketState state, long inMillis) {
        exchange.markets().state(key, state, inMillis);
        listed.accept(key);
    }
}
