package dev.livefeed.connector.sdk.output;

import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a feed puts its events; what to do while nobody takes them is decided here.
 *
 * <ul>
 *   <li>Up to {@link Limits#full} waiting bytes every event is written as it comes.
 *   <li>Beyond it the book events are merged, each book's into one, until the reader has caught up.
 *   <li>Of tickers and open candles only the latest waits.
 *   <li>Trades, liquidations and closed candles are still kept, up to {@link Limits#trades} waiting bytes. Those that come
 *       then are lost, and announced as a {@code gap} for each channel and symbol as soon as there is room.
 *   <li>Statuses and errors have some room beyond that. Of those that come then the latest of each kind about each thing waits, and
 *       what was to be announced as a {@code gap} becomes part of the one that is.
 * </ul>
 *
 * <p>All methods belong to the feed's thread.
 */
public final class Outbox {

    /** Lines are handed over at the latest when there are so many bytes of them. */
    private static final int BATCH = 64 * 1024;

    /** Room beyond the trades for statuses and errors, which are few. */
    private static final int ROOM_FOR_STATUSES = 256 * 1024;

    private final LineSink sink;
    private final String connector;
    private final Limits limits;
    private final List<ConflatedEvent> holding = new ArrayList<>();
    private final Map<String, LostEvents> lost = new LinkedHashMap<>();
    private final DeferredStatus unsaid = new DeferredStatus();
    private int waiting;
    private boolean full;

    private long trades;
    private long depths;
    private long merges;
    private long lostTrades;
    private long lostStatuses;
    private long stalls;
    private long further;
    private long furtherReplaced;
    private long furtherLost;

    /**
     * How many bytes may wait for the reader.
     *
     * @param full from here on book events are merged
     * @param trades from here on trades are lost
     */
    public record Limits(int full, int trades) {

        public static final Limits DEFAULT = new Limits(256 * 1024, 2 * 1024 * 1024);
    }

    public Outbox(LineSink sink, String connector, Limits limits) {
        this.sink = sink;
        this.connector = connector;
        this.limits = limits;
    }

    /** The way out for the events of one book. */
    public DepthOutlet outlet(OrderBook book) {
        return new DepthOutlet(this, book);
    }

    /** The way out for a stream of which only the latest event counts. */
    public LatestOutlet latest() {
        return new LatestOutlet(this);
    }

    /** Writes a trade, or counts it as lost. */
    public void trade(Trade trade) {
        if (waiting >= limits.trades || !lost.isEmpty()) {
            lostTrades++;
            lose("trades", trade.symbol(), trade.category(), trade.timestampMicros());
            return;
        }
        trades++;
        line(trade);
    }

    /** Writes an event that nothing that follows makes up for, or counts it as lost. */
    public void kept(MarketEvent event) {
        if (waiting >= limits.trades || !lost.isEmpty()) {
            furtherLost++;
            lose(event.channel(), event.symbol(), event.category(), event.timestampMicros());
            return;
        }
        write(event);
    }

    /** Writes a book event as it is, whatever waits: for full pictures, which need not be merged. */
    public void depth(Depth depth) {
        write(depth, depth.bids(), depth.asks());
    }

    /**
     * Writes the line of an event as it was recorded, whatever waits: for a feed that itself waits while the outbox is
     * {@link #full}.
     *
     * @param event what the line says
     */
    public void recorded(Event event, byte[] line, int offset, int length) {
        if (event instanceof Trade) {
            trades++;
        } else if (event instanceof Depth) {
            depths++;
        } else if (event instanceof MarketEvent) {
            further++;
        }
        sink.lines().line(line, offset, length);
        flushIfLarge();
    }

    /** Writes an event that is neither trade nor depth. */
    public void status(Status status) {
        rare(status);
    }

    /**
     * Writes an event of the account.
     *
     * @return false where there is no room for it: it is lost, which its feed must tell
     */
    public boolean account(AccountEvent event) {
        if (waiting >= limits.trades + ROOM_FOR_STATUSES) {
            return false;
        }
        line(event);
        return true;
    }

    /** Writes an error. */
    public void failure(Failure failure) {
        rare(failure);
    }

    /** Hands over what was written: to be called when nothing more is at hand. */
    public void flush() {
        if (sink.lines().length() == 0) {
            return;
        }
        waiting = sink.handOver();
        if (waiting >= limits.full && !full) {
            full = true;
            stalls++;
        }
    }

    /** The reader has taken what waited: announces holes and writes what was held back. */
    public void drained() {
        full = false;
        waiting = 0;
        List<LostEvents> holes = List.copyOf(lost.values());
        lost.clear();
        holes.forEach(hole -> status(hole.gap(connector)));
        unsaid.take().forEach(this::rare);
        List<ConflatedEvent> held = List.copyOf(holding);
        holding.clear();
        held.forEach(ConflatedEvent::release);
        flush();
    }

    /** Whether the reader is so far behind that book events are merged. */
    public boolean full() {
        return full;
    }

    /** The name in every status. */
    public String connector() {
        return connector;
    }

    /** Figures for the heartbeat. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("trades", trades);
        figures.put("depth", depths);
        figures.put("depth_merged", merges);
        figures.put("trades_lost", lostTrades);
        figures.put("further", further);
        figures.put("further_conflated", furtherReplaced);
        figures.put("further_lost", furtherLost);
        figures.put("statuses_lost", lostStatuses);
        figures.put("output_stalls", stalls);
        figures.put("output_waiting_bytes", waiting);
        return figures;
    }

    void hold(ConflatedEvent outlet) {
        holding.add(outlet);
    }

    void countMerge() {
        merges++;
    }

    void write(Depth head, LevelList bids, LevelList asks) {
        depths++;
        sink.lines().depth(head, bids, asks);
        flushIfLarge();
    }

    void write(MarketEvent event) {
        further++;
        line(event);
    }

    void countReplaced() {
        furtherReplaced++;
    }

    private void rare(Event event) {
        if (waiting < limits.trades + ROOM_FOR_STATUSES && unsaid.isEmpty()) {
            line(event);
        } else if (!(event instanceof Gap gap && foldsIn(gap)) && !unsaid.add(event)) {
            lostStatuses++;
        }
    }

    /** Makes a hole that is to be announced part of the one that will be. */
    private boolean foldsIn(Gap gap) {
        if (gap.channel() == null || gap.from() == null || gap.to() == null) {
            return false;
        }
        try {
            long fromMicros = Times.micros(gap.from());
            long toMicros = Times.micros(gap.to());
            lost(gap.channel(), gap.symbol(), gap.category()).add(fromMicros, toMicros, gap.reason());
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private void line(Event event) {
        sink.lines().write(event);
        flushIfLarge();
    }

    private void flushIfLarge() {
        if (sink.lines().length() >= BATCH) {
            flush();
        }
    }

    private void lose(String channel, String symbol, String category, long timestampMicros) {
        lost(channel, symbol, category).add(timestampMicros);
    }

    private LostEvents lost(String channel, String symbol, String category) {
        return lost.computeIfAbsent(
                channel + '/' + category + '/' + symbol, key -> new LostEvents(channel, symbol, category));
    }
}
