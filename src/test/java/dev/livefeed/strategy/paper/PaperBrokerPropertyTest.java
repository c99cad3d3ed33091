package dev.livefeed.strategy.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.event.Side;
import dev.livefeed.event.Trade;
import dev.livefeed.strategy.Trades;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The broker against {@link PlainSimulator} over random books, trades and orders; and its money against its fills. */
class PaperBrokerPropertyTest {

    private static final BigDecimal TICK = new BigDecimal("0.5");
    private static final BigDecimal LOT = new BigDecimal("0.001");
    private static final int DEPTH = 6;

    private final Random random = new Random();
    private PaperMarket market;
    private PlainSimulator plain;
    private PaperBroker broker;

    @Property(tries = 150)
    void sameFillsSameMoney(@ForAll long seed) throws Exception {
        random.setSeed(seed);
        Path folder = Files.createTempDirectory("paper");
        market = new PaperMarket(DEPTH);
        plain = new PlainSimulator(DEPTH);
        plain.now = market.now;
        broker = new PaperBroker(PaperSetup.settings(folder), market, () -> market.now);
        broker.open();
        assertThat(broker.unavailable()).isNull();
        for (int i = 0; i < 8; i++) {
            shiftBook();
        }
        int fills = 0;
        for (int step = 0; step < 250; step++) {
            market.now += random.nextInt(400_000);
            plain.now = market.now;
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> shiftBook();
                case 3, 4, 5 -> trade();
                case 6 -> cancel();
                default -> place();
            }
            if (random.nextInt(40) == 0) {
                market.synced = !market.synced;
                plain.synced = market.synced;
                broker.depth("BTCUSDT");
                plain.depth();
            }
            if (random.nextInt(120) == 0) {
                broker.feedDown("test");
                plain.cancelAll();
            }
            Entry.State state = broker.state();
            fills = compare(state, fills, step);
        }
        Entry.State before = broker.state();
        broker.close();
        again(folder, before);
    }

    private int compare(Entry.State state, int seen, int step) {
        assertThat(state.fills()).as("fills at step " + step).hasSize(plain.fills.size());
        for (int i = seen; i < plain.fills.size(); i++) {
            Fill fill = state.fills().get(i);
            PlainSimulator.Done done = plain.fills.get(i);
            assertThat(fill.orderId()).isEqualTo(done.id());
            assertThat(fill.price()).isEqualByComparingTo(price(done.price()));
            assertThat(fill.qty()).isEqualByComparingTo(qty(done.qty()));
            assertThat(fill.maker()).isEqualTo(done.maker());
        }
        BigDecimal fees = plain.fees(TICK, LOT);
        BigDecimal flow = BigDecimal.valueOf(plain.flow()).multiply(TICK).multiply(LOT);
        assertThat(state.cash()).isEqualByComparingTo(state.capital().add(flow).subtract(fees));
        Position position = state.positions().isEmpty()
                ? Position.none("manual", "BTCUSDT")
                : state.positions().get(0);
        assertThat(position.qty()).isEqualByComparingTo(qty(plain.lots()));
        assertThat(position.fees()).isEqualByComparingTo(fees);
        assertThat(state.capital()
                        .add(position.realised())
                        .subtract(position.cost())
                        .subtract(fees))
                .as("what was earned, what is held and what was paid make up the cash")
                .isEqualByComparingTo(state.cash());
        assertThat(state.open().stream().map(Order::id).toList())
                .isEqualTo(plain.tickets.stream()
                        .filter(t -> t.live)
                        .map(t -> t.id)
                        .toList());
        return plain.fills.size();
    }

    /** The journal alone gives the same state; what was open then is cancelled. */
    private void again(Path folder, Entry.State before) {
        PaperBroker restarted = new PaperBroker(PaperSetup.settings(folder), market, () -> market.now);
        restarted.open();
        assertThat(restarted.unavailable()).isNull();
        Entry.State after = restarted.state();
        assertThat(after.cash()).isEqualTo(before.cash());
        assertThat(after.positions()).isEqualTo(before.positions());
        assertThat(after.fills()).isEqualTo(before.fills());
        assertThat(after.open()).isEmpty();
        assertThat(after.ended().stream().map(Order::id).sorted().toList())
                .isEqualTo(java.util.stream.Stream.concat(before.ended().stream(), before.open().stream())
                        .map(Order::id)
                        .sorted()
                        .toList());
        restarted.close();
    }

    private void shiftBook() {
        int middle = 20 + random.nextInt(20);
        boolean whole = random.nextInt(3) == 0;
        for (int p = 0; p < PlainSimulator.TICKS; p++) {
            if (!whole && random.nextInt(4) != 0) {
                continue;
            }
            plain.bid[p] = p < middle && random.nextInt(3) > 0 ? random.nextInt(9) : 0;
            plain.ask[p] = p > middle && random.nextInt(3) > 0 ? random.nextInt(9) : 0;
        }
        for (int p = 0; p < PlainSimulator.TICKS; p++) {
            if (p >= middle) {
                plain.bid[p] = 0;
            }
            if (p <= middle) {
                plain.ask[p] = 0;
            }
        }
        copy(plain.bid, market.bids);
        copy(plain.ask, market.asks);
        plain.depth();
        broker.depth("BTCUSDT");
    }

    private static void copy(long[] side, TreeMap<BigDecimal, BigDecimal> into) {
        into.clear();
        for (int p = 0; p < side.length; p++) {
            if (side[p] > 0) {
                into.put(price(p), qty(side[p]));
            }
        }
    }

    private void trade() {
        boolean buys = random.nextBoolean();
        int near = buys ? plain.bestAsk() : plain.bestBid();
        int at = Math.max(1, Math.min(PlainSimulator.TICKS - 2, near + random.nextInt(7) - 3));
        long lots = 1 + random.nextInt(8);
        Trade trade = Trades.trade("BTCUSDT", market.now, price(at), qty(lots), buys ? Side.BUY : Side.SELL);
        broker.trade(trade);
        plain.trade(buys, at, lots);
    }

    private void cancel() {
        long id = 1 + random.nextInt(Math.max(1, plain.tickets.size()));
        broker.cancel(id, "test");
        plain.cancel(id);
    }

    private void place() {
        boolean buy = random.nextBoolean();
        OrderType type = OrderType.values()[random.nextInt(OrderType.values().length)];
        int at = 15 + random.nextInt(30);
        long lots = 1 + random.nextInt(12);
        long id = plain.tickets.size() + 1;
        Placement placement = broker.place(new OrderRequest(
                OrderRequest.MANUAL,
                "BTCUSDT",
                buy ? Side.BUY : Side.SELL,
                type,
                qty(lots),
                type.priced() ? price(at) : null,
                type == OrderType.STOP ? price(at) : null));
        boolean accepted = plain.place(id, buy, type, lots, at, at);
        assertThat(placement.refused() == null)
                .as("%s: %s", type, placement.refused())
                .isEqualTo(accepted);
        notBetterThanTheBook(placement, buy);
    }

    /** What was taken at once stood in the book at that price or a better one, and no more of it. */
    private void notBetterThanTheBook(Placement placement, boolean buy) {
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
        assertThat(left.signum()).as("more was filled than stood there").isZero();
        assertThat(buy ? value.compareTo(best) : best.compareTo(value)).isGreaterThanOrEqualTo(0);
    }

    private static BigDecimal price(int ticks) {
        return TICK.multiply(BigDecimal.valueOf(ticks));
    }

    private static BigDecimal qty(long lots) {
        return LOT.multiply(BigDecimal.valueOf(lots));
    }
}
