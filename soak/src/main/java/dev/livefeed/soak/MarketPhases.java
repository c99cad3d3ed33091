package dev.livefeed.soak;

import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    private final Set<MarketKey> interrupted = new LinkedHashSet<>();
    /** When they are delivered, milliseconds since 1970. */
    private final Map<MarketKey, Long> delivered = new HashMap<>();

    MarketPhases(Exchange exchange, SimulatedTime time, SplittableRandom random) {
        this.exchange = exchange;
        this.time = time;
        this.random = random;
    }

    /** A market of the stream is halted, or in an auction, until then; returns its phase, or null if it has no data. */
    String interrupt(StreamRequest stream, long until) {
        MarketKey market = anyOf(stream);
        MarketState state = INTERRUPTS.get(random.nextInt(INTERRUPTS.size()));
        if (market == null) {
            return null;
        }
        interrupt(market, state);
        time.at(until, () -> resume(market));
        return state.toString();
    }

    /** All markets of the stream stand still. */
    void halt(StreamRequest stream) {
        streaming(stream).forEach(market -> interrupt(market, MarketState.HALTED));
    }

    /** Ends all interrupts. */
    void resumeAll() {
        List.copyOf(interrupted).forEach(this::resume);
    }

    private void interrupt(MarketKey market, MarketState state) {
        interrupted.add(market);
        exchange.markets().state(market, state, 0);
    }

    private void resume(MarketKey market) {
        if (interrupted.remove(market) && !delivered.containsKey(market)) {
            exchange.markets().state(market, MarketState.TRADING, 0);
        }
    }

    /** Announces the delivery of a contract of the stream, which happens within some time; null if it has none. */
    String deliver(StreamRequest stream, long withinNanos) {
        MarketKey market = anyOf(stream);
        if (market == null) {
            return null;
        }
        long in = random.nextLong(withinNanos);
        long millis = Math.max(10, in / SimulatedTime.MILLI);
        delivered.put(market, time.millis() + millis);
        exchange.markets().state(market, MarketState.DELIVERING, millis);
        time.in(in + CLOSED_AFTER, () -> exchange.markets().state(market, MarketState.CLOSED, 0));
        return market.symbol();
    }

    /** Whether the contract is delivered in this sequence. */
    boolean delivered(String category, String symbol) {
        return delivery(category, symbol) != null;
    }

    /**
     * Whether a gap of the contract has its delivery as cause. Until a listing shows the end, more trades are possible.
     *
     * @param fromMillis begin of the gap
     */
    boolean lostByDelivery(String category, String symbol, long fromMillis, String reason) {
        Long at = delivery(category, symbol);
        return at != null && time.millis() >= at && (fromMillis <= at || reason.contains("it has ended: "));
    }

    private Long delivery(String category, String symbol) {
        return delivered.get(new MarketKey(ProductCategory.of(category).orElseThrow(), symbol));
    }

    /** Whether the market of the stream sends nothing in its phase. */
    boolean silent(StreamRequest stream) {
        SimulatedMarket market =
                exchange.markets().market(ProductCategory.of(stream.category()).orElseThrow(), stream.symbol());
        return market != null && !market.state().streams();
    }

    private MarketKey anyOf(StreamRequest stream) {
        List<MarketKey> markets = streaming(stream);
        return markets.isEmpty() ? null : markets.get(random.nextInt(markets.size()));
    }

    /** The markets of the stream that send data and are not delivered in this sequence. */
    private List<MarketKey> streaming(StreamRequest stream) {
        ProductCategory category = ProductCategory.of(stream.category()).orElseThrow();
        return exchange.markets().of(category).stream()
                .filter(market ->
                        stream.covers(category.id(), market.instrument().symbol()))
                .filter(market -> market.state().streams())
                .map(market -> new MarketKey(category, market.instrument().symbol()))
                .filter(market -> !delivered.containsKey(market))
                .toList();
    }
}
