package dev.livefeed.soak;

import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.venue.Listings.Listing;
import dev.livefeed.exchange.venue.MarketState;
import dev.livefeed.exchange.venue.ProductCategory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Interrupts, auctions and deliveries of the markets. */
final class MarketPhases {

    private static final long CLOSED_AFTER = 10 * SimulatedTime.SECOND;
    private static final List<MarketState> INTERRUPTS =
            List.of(MarketState.HALTED, MarketState.AUCTION, MarketState.PRELAUNCH);

    private final Exchange exchange;
    private final SimulatedTime time;
    private final SplittableRandom random;
    private final Set<String> delivered = new HashSet<>();

    MarketPhases(Exchange exchange, SimulatedTime time, SplittableRandom random) {
        this.exchange = exchange;
        this.time = time;
        this.random = random;
    }

    /** The market is halted, or in an auction, until then; returns its phase. */
    String interrupt(StreamRequest stream, long until) {
        MarketState state = INTERRUPTS.get(random.nextInt(INTERRUPTS.size()));
        set(stream, state);
        time.at(until, () -> resume(stream));
        return state.toString();
    }

    void halt(StreamRequest stream) {
        set(stream, MarketState.HALTED);
    }

    void resume(StreamRequest stream) {
        set(stream, MarketState.TRADING);
    }

    private void set(StreamRequest stream, MarketState state) {
        if (!delivered(stream)) {
            exchange.venue().state(listing(stream), state, 0);
        }
    }

    /** Announces the delivery of a contract, which happens within some time. */
    void deliver(StreamRequest stream, long withinNanos) {
        delivered.add(key(stream.category(), stream.symbol()));
        long in = random.nextLong(withinNanos);
        exchange.venue().state(listing(stream), MarketState.DELIVERING, Math.max(10, in / SimulatedTime.MILLI));
        time.in(in + CLOSED_AFTER, () -> exchange.venue().state(listing(stream), MarketState.CLOSED, 0));
    }

    /** Whether the contract is delivered in this sequence. */
    boolean delivered(StreamRequest stream) {
        return delivered(stream.category(), stream.symbol());
    }

    boolean delivered(String category, String symbol) {
        return delivered.contains(key(category, symbol));
    }

    private static String key(String category, String symbol) {
        return category + '/' + symbol;
    }

    private static Listing listing(StreamRequest stream) {
        return new Listing(ProductCategory.of(stream.category()).orElseThrow(), stream.symbol());
    }
}
