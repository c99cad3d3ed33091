package dev.livefeed.app.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.market.BookView;
import dev.livefeed.app.strategy.Trades;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Compares the broker with {@link ReferenceBroker} over random books, trades (including late ones), orders of several
 * strategies in two symbols, stale books, lost feeds and restarts, and its money with its fills.
 */
class PaperBrokerPropertyTest {

    private static final BigDecimal TICK = new BigDecimal("0.5");
    private static final BigDecimal LOT = new BigDecimal("0.001");
    private static final int DEPTH = 6;

    private static final List<String> STRATEGIES = List.of(OrderRequest.MANUAL, "one", "two");

    private final Random random = new Random();
    private List<SymbolLane> lanes;
    private Map<Long, String> owners;
    private PaperBroker broker;
    private long now;
    private long lastId;

    /** One symbol: the book that the broker sees and the reference broker. */
    private static final class SymbolLane {
        private final String symbol;
        private final PaperMarket market = new PaperMarket(DEPTH);
        private final ReferenceBroker plain = new ReferenceBroker(DEPTH);
        private int compared;

        private SymbolLane(String symbol) {
            this.symbol = symbol;
        }
    }

    /** The broker's view of all symbols. */
    private final Books books = new Books() {
        @Override
        public BookView book(InstrumentId instrument, int most) {
            return lane(instrument.symbol()).market.book(instrument, most);
        }

        @Override
        public boolean synced(InstrumentId instrument) {
            return lane(instrument.symbol()).market.synced;
        }
    };

    @Property(tries = 150)
    void fillsAndMoneyEqualTheReference(@ForAll long seed) throws Exception {
        random.setSeed(seed);
        Path folder = Files.createTempDirectory("paper");
        lanes = List.of(new SymbolLane("BTCUSDT"), new SymbolLane("ETHUSDT"));
        owners = new HashMap<>();
        lastId = 0;
        clock(lanes.get(0).market.now);
        open(folder);
        for (int i = 0; i < 8; i++) {
            lanes.forEach(this::shiftBook);
        }
        for (int step = 0; step < 300; step++) {
            clock(now + random.nextInt(400_000));
            SymbolLane lane = lanes.get(random.nextInt(lanes.size()));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> shiftBook(lane);
                case 3, 4, 5 -> trade(lane);
                case 6 -> cancel();
                default -> place(lane);
            }
            if (random.nextInt(40) == 0) {
                lane.market.synced = !lane.market.synced;
                lane.plain.synced = lane.market.synced;
                broker.depth(Ids.linear(lane.symbol));
                lane.plain.depth();
            }
            if (random.nextInt(120) == 0) {
                broker.feedDown(instrument -> true, "test");
                lanes.forEach(other -> other.plain.cancelAll());
            }
            if (random.nextInt(100) == 0) {
                restart(folder);
            }
            compare(step);
        }
        restart(folder);
        compare(-1);
        broker.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private void clock(long micros) {
        now = micros;
        lanes.forEach(lane -> {
            lane.market.now = micros;
            lane.plain.now = micros;
        });
    }

    private SymbolLane lane(String symbol) {
        return lanes.stream()
                .filter(lane -> lane.symbol.equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    private void open(Path folder) {
        broker = new PaperBroker(PaperSetup.settings(folder), books, () -> now);
        broker.open();
        assertThat(broker.unavailable()).isNull();
    }

    private void compare(int step) {
        JournalEntry.State state = broker.state();
        BigDecimal cash = state.capital();
        BigDecimal made = BigDecimal.ZERO;
        List<Long> open = new ArrayList<>();
        for (SymbolLane lane : lanes) {
            List<Fill> fills = state.fills().stream()
                    .filter(fill -> fill.instrument().symbol().equals(lane.symbol))
                    .toList();
            assertThat(fills).as("fills at step " + step).hasSize(lane.plain.fills.size());
            for (; lane.compared < fills.size(); lane.compared++) {
                same(fills.get(lane.compared), lane.plain.fills.get(lane.compared));
            }
            BigDecimal flow =
                    BigDecimal.valueOf(lane.plain.flow()).multiply(TICK).multiply(LOT);
            cash = cash.add(flow).subtract(lane.plain.fees(TICK, LOT));
            lane.plain.tickets.stream().filter(t -> t.live).forEach(t -> open.add(t.id));
            for (String strategy : STRATEGIES) {
                position(state, lane, strategy);
            }
        }
        for (PaperPosition position : state.positions()) {
            made = made.add(position.realised()).subtract(position.cost()).subtract(position.fees());
        }
        assertThat(state.cash()).isEqualByComparingTo(cash);
        assertThat(state.capital().add(made))
                .as("cash = capital + realised - cost - fees")
                .isEqualByComparingTo(state.cash());
        assertThat(state.open().stream().map(PaperOrder::id).sorted().toList())
                .isEqualTo(open.stream().sorted().toList());
    }

    private void same(Fill fill, ReferenceBroker.Done done) {
        assertThat(fill.orderId()).isEqualTo(done.id());
        assertThat(fill.strategy()).isEqualTo(owners.get(done.id()));
        assertThat(fill.price()).isEqualByComparingTo(price(done.price()));
        assertThat(fill.qty()).isEqualByComparingTo(qty(done.qty()));
        assertThat(fill.maker()).isEqualTo(done.maker());
    }

    private void position(JournalEntry.State state, SymbolLane lane, String strategy) {
        PaperPosition position = state.positions().stream()
                .filter(p -> p.symbol().equals(lane.symbol) && p.strategy().equals(strategy))
                .findFirst()
                .orElse(PaperPosition.none(strategy, Ids.linear(lane.symbol)));
        List<ReferenceBroker.Done> own = lane.plain.fills.stream()
                .filter(fill -> owners.get(fill.id()).equals(strategy))
                .toList();
        long lots = own.stream().mapToLong(f -> f.buy() ? f.qty() : -f.qty()).sum();
        assertThat(position.qty()).isEqualByComparingTo(qty(lots));
        assertThat(position.fees()).isEqualByComparingTo(ReferenceBroker.fees(own, TICK, LOT));
    }

    /**
     * The journal alone restores the same state, except that open orders are cancelled and consumed liquidity is
     * reset.
     */
    private void restart(Path folder) {
        JournalEntry.State before = broker.state();
        broker.close();
        open(folder);
        lanes.forEach(lane -> lane.plain.restart());
        JournalEntry.State after = broker.state();
        assertThat(after.cash()).isEqualTo(before.cash());
        assertThat(after.positions()).isEqualTo(before.positions());
        assertThat(after.fills()).isEqualTo(before.fills());
        assertThat(after.open()).isEmpty();
        assertThat(after.ended().stream().map(PaperOrder::id).sorted().toList())
                .isEqualTo(Stream.concat(before.ended().stream(), before.open().stream())
                        .map(PaperOrder::id)
                        .sorted()
                        .toList());
    }

    private void shiftBook(SymbolLane lane) {
        ReferenceBroker plain = lane.plain;
        int middle = 20 + random.nextInt(20);
        boolean whole = random.nextInt(3) == 0;
        for (int p = 0; p < ReferenceBroker.TICKS; p++) {
            if (!whole && random.nextInt(4) != 0) {
                continue;
            }
            plain.bid[p] = p < middle && random.nextInt(3) > 0 ? random.nextInt(9) : 0;
            plain.ask[p] = p > middle && random.nextInt(3) > 0 ? random.nextInt(9) : 0;
        }
        for (int p = 0; p < ReferenceBroker.TICKS; p++) {
            if (p >= middle) {
                plain.bid[p] = 0;
            }
            if (p <= middle) {
                plain.ask[p] = 0;
            }
        }
        copy(plain.bid, lane.market.bids);
        copy(plain.ask, lane.market.asks);
        plain.depth();
        broker.depth(Ids.linear(lane.symbol));
    }

    private static void copy(long[] side, TreeMap<BigDecimal, BigDecimal> into) {
        into.clear();
        for (int p = 0; p < side.length; p++) {
            if (side[p] > 0) {
                into.put(price(p), qty(side[p]));
            }
        }
    }

    private void trade(SymbolLane lane) {
        boolean buys = random.nextBoolean();
        int near = buys ? lane.plain.bestAsk() : lane.plain.bestBid();
        int at = Math.max(1, Math.min(ReferenceBroker.TICKS - 2, near + random.nextInt(7) - 3));
        long lots = 1 + random.nextInt(8);
        long made = random.nextInt(4) == 0 ? now - random.nextInt(5_000_000) : now;
        Trade trade = Trades.trade(lane.symbol, made, price(at), qty(lots), buys ? Side.BUY : Side.SELL);
        broker.trade(trade);
        lane.plain.trade(made, buys, at, lots);
    }

    private void cancel() {
        long id = 1 + random.nextInt((int) Math.max(1, lastId));
        broker.cancel(id, "test");
        lanes.forEach(lane -> lane.plain.cancel(id));
    }

    private void place(SymbolLane lane) {
        boolean buy = random.nextBoolean();
        OrderType type = OrderType.values()[random.nextInt(OrderType.values().length)];
        int at = 15 + random.nextInt(30);
        long lots = 1 + random.nextInt(12);
        String strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
        owners.put(lastId + 1, strategy);
        OrderResult placement = broker.place(new OrderRequest(
                strategy,
                Ids.linear(lane.symbol),
                buy ? Side.BUY : Side.SELL,
                type,
                qty(lots),
                type.priced() ? price(at) : null,
                type == OrderType.STOP ? price(at) : null));
        boolean accepted = lane.plain.place(lastId + 1, buy, type, lots, at, at);
        assertThat(placement.refused() == null)
                .as("%s: %s", type, placement.refused())
                .isEqualTo(accepted);
        lastId += accepted ? 1 : 0;
        assertNotBetterThanTheBook(lane.market, placement, buy);
    }

    /** Immediate fills were in the book at that price or a better one, and not more than that. */
    private static void assertNotBetterThanTheBook(PaperMarket market, OrderResult placement, boolean buy) {
        if (placement.order() == null) {
            return;
        }
        BigDecimal value = placement.order().value();
        BigDecimal best = BigDecimal.ZERO;
        BigDecimal left = placement.order().filled();
        for (var level : (buy ? market.asks : market.bids.descendingMap()).entrySet()) {
            BigDecimal part = left.min(level.getValue());
            best = best.add(part.multiply(level.getKey()));
            left = left.subtract(part);
        }
        assertThat(left.signum()).as("more was filled than the book showed").isZero();
        assertThat(buy ? value.compareTo(best) : best.compareTo(value)).isGreaterThanOrEqualTo(0);
    }

    private static BigDecimal price(int ticks) {
        return TICK.multiply(BigDecimal.valueOf(ticks));
    }

    private static BigDecimal qty(long lots) {
        return LOT.multiply(BigDecimal.valueOf(lots));
    }
}
