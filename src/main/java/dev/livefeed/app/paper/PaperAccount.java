package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of paper trading: the sum of the journal's entries, and the last prices. The same entries always give the
 * same state. Guarded by its {@link PaperBroker}.
 */
public final class PaperAccount {

    /** The version of the journal's entries; other versions are refused. */
    public static final int FORMAT = 1;
    /** Maximum number of ended orders, fills and signals, each. */
    public static final int KEPT = 1_000;
    /** Maximum number of points of the equity curve. */
    public static final int POINTS = 1_440;
    /** Maximum number of positions, including flat ones. */
    public static final int MAX_POSITIONS = 1_000;

    private final Map<Long, PaperOrder> open = new LinkedHashMap<>();
    private final Deque<PaperOrder> ended = new ArrayDeque<>();
    private final Deque<Fill> fills = new ArrayDeque<>();
    private final Deque<SignalOutcome> signals = new ArrayDeque<>();
    private final Deque<EquityPoint> equity = new ArrayDeque<>();
    private final Map<String, PaperPosition> positions = new TreeMap<>();
    private final Map<InstrumentId, BigDecimal> marks = new TreeMap<>();
    /** Event times of the marks; an older price never replaces a newer one. */
    private final Map<InstrumentId, Long> markedAt = new HashMap<>();

    private final Changes changes = new Changes();

    private String source = "";
    private BigDecimal capital = BigDecimal.ZERO;
    private BigDecimal cash = BigDecimal.ZERO;
    private long lastOrderId;
    private String day;
    private BigDecimal dayEquity;
    private String halted;
    private String paused;

    /**
     * Applies an entry.
     *
     * @throws IllegalArgumentException if it does not fit the state
     */
    public void apply(JournalEntry entry, long atMicros) {
        entry.accept(changes, atMicros);
    }

    /** What each kind of entry changes. */
    private final class Changes implements JournalEntry.Visitor {

        @Override
        public void opened(JournalEntry.Opened entry, long atMicros) {
            check(entry.format());
            source = entry.source();
            capital = entry.capital();
            cash = entry.capital();
        }

        @Override
        public void accepted(JournalEntry.Accepted entry, long atMicros) {
            PaperOrder order = entry.order();
            lastOrderId = order.id();
            open.put(order.id(), order);
        }

        @Override
        public void filled(JournalEntry.Filled entry, long atMicros) {
            fill(entry.fill(), atMicros);
        }

        @Override
        public void triggered(JournalEntry.Triggered entry, long atMicros) {
            PaperOrder order = order(entry.orderId());
            open.put(order.id(), order.with(OrderStatus.TRIGGERED, null, atMicros));
        }

        @Override
        public void cancelled(JournalEntry.Cancelled entry, long atMicros) {
            end(order(entry.orderId()).with(OrderStatus.CANCELLED, entry.reason(), atMicros));
        }

        @Override
        public void signalled(JournalEntry.Signalled entry, long atMicros) {
            push(signals, entry.outcome(), KEPT);
        }

        @Override
        public void halted(JournalEntry.Halted entry, long atMicros) {
            halted = entry.reason();
        }

        @Override
        public void paused(JournalEntry.Paused entry, long atMicros) {
            paused = entry.reason();
        }

        @Override
        public void resumed(JournalEntry.Resumed entry, long atMicros) {
            paused = null;
            halted = null;
            dayEquity = entry.equity();
        }

        @Override
        public void day(JournalEntry.Day entry, long atMicros) {
            day = entry.day();
            dayEquity = entry.equity();
            halted = null;
        }

        @Override
        public void equity(JournalEntry.Equity entry, long atMicros) {
            push(equity, entry.point(), POINTS);
            entry.point()
                    .marks()
                    .forEach((instrument, price) -> mark(instrument, price, Math.max(atMicros, markedAt(instrument))));
        }

        @Override
        public void state(JournalEntry.State entry, long atMicros) {
            restore(entry, atMicros);
        }
    }

    private void fill(Fill fill, long atMicros) {
        PaperOrder order = order(fill.orderId()).with(fill);
        if (order.remaining().signum() < 0) {
            throw new IllegalArgumentException("order " + order.id() + " would be filled beyond its quantity");
        }
        cash = cash.add(fill.cash());
        String key = key(fill.strategy(), fill.instrument());
        positions.put(key, position(fill.strategy(), fill.instrument()).with(fill));
        mark(fill.instrument(), fill.price(), atMicros);
        push(fills, fill, KEPT);
        if (order.status() == OrderStatus.FILLED) {
            end(order);
        } else {
            open.put(order.id(), order);
        }
    }

    private void end(PaperOrder order) {
        open.remove(order.id());
        push(ended, order, KEPT);
    }

    private PaperOrder order(long id) {
        PaperOrder order = open.get(id);
        if (order == null) {
            throw new IllegalArgumentException("order " + id + " is not open");
        }
        return order;
    }

    private static void check(int format) {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format " + format + ", this version reads " + FORMAT);
        }
    }

    private static <T> void push(Deque<T> ring, T item, int limit) {
        if (ring.size() == limit) {
            ring.removeFirst();
        }
        ring.addLast(item);
    }

    private void restore(JournalEntry.State state, long atMicros) {
        check(state.format());
        source = state.source();
        capital = state.capital();
        cash = state.cash();
        lastOrderId = state.lastOrderId();
        day = state.day();
        dayEquity = state.dayEquity();
        halted = state.halted();
        paused = state.paused();
        open.clear();
        state.open().forEach(order -> open.put(order.id(), order));
        replace(ended, state.ended());
        replace(fills, state.fills());
        replace(signals, state.signals());
        replace(equity, state.equity());
        positions.clear();
        state.positions().forEach(p -> positions.put(key(p.strategy(), p.instrument()), p));
        marks.clear();
        markedAt.clear();
        state.marks().forEach((instrument, price) -> mark(instrument, price, atMicros));
    }

    private static <T> void replace(Deque<T> ring, List<T> items) {
        ring.clear();
        ring.addAll(items);
    }

    /** The whole state as one entry. */
    public JournalEntry.State state() {
        return new JournalEntry.State(
                FORMAT,
                new JournalEntry.Funds(source, capital, cash),
                new JournalEntry.TradingDay(day, dayEquity, halted, paused),
                List.copyOf(positions.values()),
                new JournalEntry.Orders(lastOrderId, List.copyOf(open.values()), List.copyOf(ended)),
                new JournalEntry.History(List.copyOf(fills), List.copyOf(signals), List.copyOf(equity)),
                Collections.unmodifiableMap(new TreeMap<>(marks)));
    }

    private static String key(String strategy, InstrumentId instrument) {
        return instrument.toString() + ' ' + strategy;
    }

    /** Sets the last price of a symbol, by which its positions are valued. */
    void mark(InstrumentId instrument, BigDecimal price, long atMicros) {
        marks.put(instrument, price);
        markedAt.put(instrument, atMicros);
    }

    /** Event time of a symbol's last price, or {@code Long.MIN_VALUE}. */
    long markedAt(InstrumentId instrument) {
        return markedAt.getOrDefault(instrument, Long.MIN_VALUE);
    }

    BigDecimal markOf(InstrumentId instrument) {
        return marks.get(instrument);
    }

    PaperPosition position(String strategy, InstrumentId instrument) {
        PaperPosition position = positions.get(key(strategy, instrument));
        return position == null ? PaperPosition.none(strategy, instrument) : position;
    }

    boolean hasRoomFor(String strategy, InstrumentId instrument) {
        return positions.size() < MAX_POSITIONS || positions.containsKey(key(strategy, instrument));
    }

    List<PaperPosition> positions() {
        return new ArrayList<>(positions.values());
    }

    /** The open orders, oldest first. */
    List<PaperOrder> open() {
        return new ArrayList<>(open.values());
    }

    int openCount() {
        return open.size();
    }

    /** An open order, or null. */
    PaperOrder openOrder(long id) {
        return open.get(id);
    }

    /** An ended order, or null if it is unknown or no longer kept. */
    PaperOrder endedOrder(long id) {
        for (Iterator<PaperOrder> i = ended.descendingIterator(); i.hasNext(); ) {
            PaperOrder order = i.next();
            if (order.id() == id) {
                return order;
            }
        }
        return null;
    }

    long lastOrderId() {
        return lastOrderId;
    }

    BigDecimal cash() {
        return cash;
    }

    String day() {
        return day;
    }

    BigDecimal dayEquity() {
        return dayEquity;
    }

    String halted() {
        return halted;
    }

    String paused() {
        return paused;
    }

    BigDecimal unrealised() {
        BigDecimal sum = BigDecimal.ZERO;
        for (PaperPosition position : positions.values()) {
            sum = sum.add(position.unrealised(marks.get(position.instrument())));
        }
        return sum;
    }

    /** Cash plus the value of the positions at the last prices. */
    BigDecimal equity() {
        BigDecimal sum = cash;
        for (PaperPosition position : positions.values()) {
            if (!position.isFlat()) {
                sum = sum.add(position.qty().multiply(marks.get(position.instrument())));
            }
        }
        return sum;
    }

    EquityPoint point(long atMicros) {
        BigDecimal realised = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        Map<InstrumentId, BigDecimal> valued = new TreeMap<>();
        for (PaperPosition position : positions.values()) {
            realised = realised.add(position.realised());
            fees = fees.add(position.fees());
            if (!position.isFlat()) {
                valued.put(position.instrument(), marks.get(position.instrument()));
            }
        }
        return new EquityPoint(atMicros, equity(), cash, realised, unrealised(), fees, valued);
    }

    EquityPoint lastPoint() {
        return equity.peekLast();
    }
}
