package dev.livefeed.connector.sdk.output;

import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The output of a feed, with the policy for a slow reader.
 *
 * <ul>
 *   <li>Up to {@link Limits#full} waiting bytes every event is written at once.
 *   <li>Beyond that, the events of each book are merged into one until the reader has caught up.
 *   <li>Only the latest ticker and the latest open candle are kept.
 *   <li>Trades, liquidations and closed candles are kept up to {@link Limits#trades} waiting bytes. Beyond that they
 *       are lost and reported as a {@code gap} per channel and symbol when there is room again.
 *   <li>Events of the past are written only while next to nothing waits: see {@link #roomForHistory}.
 *   <li>Statuses and errors have an additional reserve. Beyond it, only the latest of each kind and subject is kept,
 *       and a {@code gap} becomes part of the gap that is reported later.
 * </ul>
 *
 * <p>All methods must be called by the feed's thread.
 */
public final class Outbox {

    /** Lines are handed over at the latest at this size. */
    private static final int BATCH_BYTES = 64 * 1024;

    /** Reserve for statuses and errors beyond the limit for trades. */
    private static final int STATUS_RESERVE_BYTES = 256 * 1024;

    /** Events of the past take at most this part of what may wait before book events are merged. */
    private static final int PART_FOR_HISTORY = 8;

    private final LineSink sink;
    private final String connector;
    private final Limits limits;
    private final List<ConflatedEvent> conflated = new ArrayList<>();
    private final Map<String, LostEvents> lost = new LinkedHashMap<>();
    private final DeferredStatus deferred = new DeferredStatus();
    private int waiting;
    private boolean full;
    private final Recorded recorded = new Recorded();

    private long trades;
    private long depths;
    private long merges;
    private long lostTrades;
    private long lostStatuses;
    private long stalls;
    private long further;
    private long furtherReplaced;
    private long furtherLost;
    private long history;

    /**
     * Limits on the bytes that wait for the reader.
     *
     * @param full bytes from which book events are merged
     * @param trades bytes from which trades are lost
     */
    public record Limits(int full, int trades) {

        public static final Limits DEFAULT = new Limits(256 * 1024, 2 * 1024 * 1024);
    }

    public Outbox(LineSink sink, String connector, Limits limits) {
        this.sink = sink;
        this.connector = connector;
        this.limits = limits;
    }

    /** An outlet for the events of one book. */
    public DepthOutlet outlet(OrderBook book) {
        return new DepthOutlet(this, book);
    }

    /** An outlet for a stream of which only the latest event matters. */
    public LatestOutlet latest() {
        return new LatestOutlet(this);
    }

    /** Writes a trade, or counts it as lost. */
    public void trade(Trade trade) {
        if (waiting >= limits.trades || !lost.isEmpty()) {
            lostTrades++;
            countLost("trades", trade.symbol(), trade.category(), trade.timestampMicros());
            return;
        }
        trades++;
        line(trade);
    }

    /** Writes an event that no later event replaces, or counts it as lost. */
    public void kept(MarketEvent event) {
        if (waiting >= limits.trades || !lost.isEmpty()) {
            furtherLost++;
            countLost(event.channel(), event.symbol(), event.category(), event.timestampMicros());
            return;
        }
        write(event);
    }

    /** Writes a book event unmerged, regardless of the limits; for snapshots. */
    public void depth(Depth depth) {
        write(depth, depth.bids(), depth.asks());
    }

    /**
     * Writes a recorded line unchanged, regardless of the limits; for a feed that itself waits while the outbox is
     * {@link #full}.
     *
     * @param event the event of the line
     */
    public void recorded(Event event, byte[] line, int offset, int length) {
        recorded.visit(event);
        sink.lines().line(line, offset, length);
        flushIfLarge();
    }

    /** Counts the events that are written as they were recorded. */
    private final class Recorded implements EventVisitor<Void> {

        @Override
        public Void trade(Trade trade) {
            trades++;
            return null;
        }

        @Override
        public Void depth(Depth depth) {
            depths++;
            return null;
        }

        @Override
        public Void market(MarketEvent event) {
            further++;
            return null;
        }

        @Override
        public Void account(AccountEvent event) {
            return null;
        }

        @Override
        public Void status(Status status) {
            return null;
        }

        @Override
        public Void failure(Failure failure) {
            return null;
        }

        @Override
        public Void history(HistoryEvent event) {
            return null;
        }

        @Override
        public Void unknown(Unknown event) {
            return null;
        }
    }

    /** How many bytes of the past may be written now, before what is live: 0 while the reader is behind. */
    public int roomForHistory() {
        handOver();
        return full || !lost.isEmpty() ? 0 : Math.max(0, limits.full / PART_FOR_HISTORY - waiting);
    }

    /**
     * Writes an event of the past. To be asked for only where there is {@link #roomForHistory}.
     *
     * @return the bytes of its line
     */
    public int history(HistoryEvent event) {
        int before = sink.lines().length();
        sink.lines().write(event);
        int bytes = sink.lines().length() - before;
        history++;
        flushIfLarge();
        return bytes;
    }

    /** Writes an event that is neither trade nor depth. */
    public void status(Status status) {
        writeOrDefer(status);
    }

    /**
     * Writes an event of the account.
     *
     * @return false if it is lost because there is no room, which the feed must report
     */
    public boolean account(AccountEvent event) {
        if (waiting >= limits.trades + STATUS_RESERVE_BYTES) {
            return false;
        }
        line(event);
        return true;
    }

    /** Writes an error. */
    public void failure(Failure failure) {
        writeOrDefer(failure);
    }

    /** Hands over the written lines; called when no further event is available at the moment. */
    public void flush() {
        if (sink.lines().length() > 0) {
            handOver();
        }
    }

    private void handOver() {
        waiting = sink.handOver();
        if (waiting >= limits.full && !full) {
            full = true;
            stalls++;
        }
    }

    /** The reader has caught up: reports gaps and writes deferred and conflated events. */
    public void drained() {
        full = false;
        waiting = 0;
        List<LostEvents> gaps = List.copyOf(lost.values());
        lost.clear();
        gaps.forEach(gap -> status(gap.gap(connector)));
        deferred.take().forEach(this::writeOrDefer);
        List<ConflatedEvent> pending = List.copyOf(conflated);
        conflated.clear();
        pending.forEach(ConflatedEvent::release);
        flush();
    }

    /** Whether the reader is so far behind that book events are merged. */
    public boolean full() {
        return full;
    }

    /** The connector name in every status. */
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
        figures.put("history", history);
        figures.put("statuses_lost", lostStatuses);
        figures.put("output_stalls", stalls);
        figures.put("output_waiting_bytes", waiting);
        return figures;
    }

    void register(ConflatedEvent outlet) {
        conflated.add(outlet);
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

    private void writeOrDefer(Event event) {
        if (waiting < limits.trades + STATUS_RESERVE_BYTES && deferred.isEmpty()) {
            line(event);
        } else if (!(event instanceof Gap gap && mergedIntoGap(gap)) && !deferred.add(event)) {
            lostStatuses++;
        }
    }

    /** Adds a gap status to the gap that is reported later; false if it has no valid bounds. */
    private boolean mergedIntoGap(Gap gap) {
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
        if (sink.lines().length() >= BATCH_BYTES) {
            flush();
        }
    }

    private void countLost(String channel, String symbol, String category, long timestampMicros) {
        lost(channel, symbol, category).add(timestampMicros);
    }

    private LostEvents lost(String channel, String symbol, String category) {
        return lost.computeIfAbsent(
                channel + '/' + category + '/' + symbol, key -> new LostEvents(channel, symbol, category));
    }
}
