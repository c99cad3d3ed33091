package dev.livefeed.app.stream;

import dev.livefeed.app.market.BookState;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.app.stream.StateBoard.StateKey;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One client: its subscriptions, the state of its books, and the snapshots that are due. If more than its limit is
 * queued, it is slow until the queue has shrunk to half: meanwhile trades and other events are counted as lost and
 * books wait for a snapshot. Only used by the hub's thread.
 */
final class StreamClient {

    /** Maximum number of requested snapshots at a time. */
    private static final int MAX_REQUESTED = 8;

    /** A channel of one symbol, or of none (null). */
    private record SymbolChannel(String channel, InstrumentId instrument) {}

    private final ClientSink sink;
    private final StreamLimits limits;
    private final ClientSubscription subscription;
    private final StreamMessages messages;
    private final StreamFigures figures;
    private final Map<SymbolChannel, ClientBook> books = new HashMap<>();
    private final Set<SymbolChannel> due = new LinkedHashSet<>();
    private final Set<StateKey> dueStates = new LinkedHashSet<>();
    /** Each once, whatever a client requests before it has read the former ones. */
    private final Map<SymbolChannel, RequestedCandles> requestedCandles = new LinkedHashMap<>();

    private final Map<SymbolChannel, Long> lost = new LinkedHashMap<>();
    private int requested;
    private boolean slow;
    private long slowSince;
    private long pingedAt;
    private boolean closed;

    StreamClient(
            ClientSink sink,
            StreamLimits limits,
            ClientSubscription subscription,
            StreamMessages messages,
            StreamFigures figures) {
        this.sink = sink;
        this.limits = limits;
        this.subscription = subscription;
        this.messages = messages;
        this.figures = figures;
        this.pingedAt = sink.heardAt();
    }

    ClientSink sink() {
        return sink;
    }

    ClientSubscription subscription() {
        return subscription;
    }

    boolean closed() {
        return closed;
    }

    /** Sends a trade or another event that is not sent later if the queue is full. */
    void event(String channel, InstrumentId instrument, Supplier<StreamMessage> text, long now) {
        if (wants(channel, instrument)) {
            if (slow(now)) {
                countLost(channel, instrument, 1);
            } else {
                send(text.get());
            }
        }
    }

    /** Sends a rare and important message, even if trades are no longer sent. */
    void notice(String channel, InstrumentId instrument, Supplier<StreamMessage> text, long now) {
        if (wants(channel, instrument)) {
            sendImportant(channel, instrument, text, now);
        }
    }

    private void sendImportant(String channel, InstrumentId instrument, Supplier<StreamMessage> text, long now) {
        slow(now);
        if (sink.pending() < 2L * limits.queueBytes()) {
            send(text.get());
        } else {
            countLost(channel, instrument, 1);
        }
    }

    /** Sends an update of a book, or schedules a snapshot. */
    void depth(String channel, Depth depth, DepthText text, long now) {
        ClientBook book = books.get(new SymbolChannel(channel, depth.instrument()));
        if (book == null && wants(channel, depth.instrument())) {
            // The symbol became known after the client joined.
            book = book(channel, depth.instrument());
        }
        if (book == null || closed) {
            return;
        }
        switch (book.step(depth)) {
            case SEND -> {
                if (slow(now)) {
                    conflate(channel, depth.instrument(), book);
                } else {
                    send(text.of(book.position()));
                    book.synced(depth.levels(), depth.lastUpdateId());
                }
            }
            case RESYNC -> conflate(channel, depth.instrument(), book);
            default -> {
                // Skipped.
            }
        }
    }

    /** The text of an update, shared by all clients. */
    interface DepthText {

        /** @param position update id of the clients' copies of the book */
        StreamMessage of(long position);
    }

    /** Reports a stale book to a client that has a copy. */
    void stale(String channel, InstrumentId instrument, int levels, String reason, long now) {
        books.forEach((part, book) -> {
            boolean affected = (instrument == null || part.instrument().equals(instrument))
                    && (channel == null || part.channel().equals(channel));
            if (affected && book.stale(levels)) {
                book.markStale();
                sendImportant(
                        part.channel(),
                        part.instrument(),
                        () -> StreamMessage.of(messages.stale(part.channel(), part.instrument(), reason)),
                        now);
            }
        });
    }

    /** Counts events that were lost before they reached any client. */
    void lostBefore(String channel, InstrumentId instrument, long count, long now) {
        if (StreamNames.isDepth(channel)) {
            ClientBook book = books.get(new SymbolChannel(channel, instrument));
            if (book != null) {
                conflate(channel, instrument, book);
            }
        } else if (wants(channel, instrument)) {
            countLost(channel, instrument, count);
            if (!slow(now)) {
                reportLost();
            }
        }
    }

    private boolean wants(String channel, InstrumentId instrument) {
        return !closed && subscription.wants(channel, instrument);
    }

    private void conflate(String channel, InstrumentId instrument, ClientBook book) {
        if (!book.snapshotDue()) {
            figures.countConflated();
        }
        book.requireSnapshot();
        due.add(new SymbolChannel(channel, instrument));
    }

    private void countLost(String channel, InstrumentId instrument, long count) {
        lost.merge(new SymbolChannel(channel, instrument), count, Long::sum);
        figures.countLost(count);
    }

    private ClientBook book(String channel, InstrumentId instrument) {
        SymbolChannel part = new SymbolChannel(channel, instrument);
        due.add(part);
        return books.computeIfAbsent(part, any -> new ClientBook());
    }

    /** Schedules what a client receives when it subscribes to a channel. */
    void requireSnapshot(String channel, InstrumentId instrument) {
        if (StreamNames.isDepth(channel)) {
            book(channel, instrument).requireSnapshot();
        } else if (channel.equals(StreamNames.TRADES)
                || channel.equals(StreamNames.CANDLES)
                || channel.startsWith(StreamNames.CANDLES + '.')) {
            due.add(new SymbolChannel(channel, instrument));
        }
    }

    /**
     * Schedules past candles, in place of the open ones. Those that are scheduled already begin anew, with the larger
     * count.
     *
     * @param count of each timeframe
     */
    void requirePastCandles(List<String> timeframes, InstrumentId instrument, int count) {
        timeframes.forEach(timeframe -> requestedCandles.merge(
                new SymbolChannel(StreamNames.candles(timeframe), instrument),
                new RequestedCandles(instrument, timeframe, count),
                (before, now) -> new RequestedCandles(instrument, timeframe, Math.max(before.count(), now.count()))));
    }

    /** Schedules the newest message of a state, if the client is subscribed to it. */
    void stateChanged(StateKey key) {
        if (wants(key.state().channel(), key.instrument())) {
            dueStates.add(key);
        }
    }

    /** Removes channels that are no longer subscribed. */
    void forgetUnwanted() {
        dueStates.removeIf(key -> !subscription.wants(key.state().channel(), key.instrument()));
        requestedCandles.values().removeIf(one -> !subscription.wantsCandles(one.instrument(), one.timeframe()));
        books.keySet().removeIf(part -> !subscription.wants(part.channel(), part.instrument()));
        due.removeIf(part -> !subscription.wants(part.channel(), part.instrument()));
    }

    /**
     * Sends what is due, as far as the queue has room.
     *
     * @param board the followed states
     * @param history past candles
     * @param request requests the snapshot of a book, which is passed to {@link #snapshot}
     */
    void sendDue(StreamSource source, StateBoard board, PastCandlePages history, SnapshotRequest request) {
        sendParts(source, request);
        Iterator<StateKey> states = dueStates.iterator();
        while (hasRoom() && states.hasNext()) {
            StateKey key = states.next();
            if (board.known(key)) {
                states.remove();
                StreamMessage text = board.text(key);
                if (text != null) {
                    send(text);
                }
            }
        }
        Iterator<RequestedCandles> candles = requestedCandles.values().iterator();
        while (hasRoom() && candles.hasNext()) {
            RequestedCandles one = candles.next();
            while (hasRoom() && !one.done()) {
                String page = one.next(history, messages);
                if (page != null) {
                    send(StreamMessage.of(page));
                }
            }
            if (one.done()) {
                candles.remove();
            }
        }
    }

    private boolean hasRoom() {
        return !slow && !closed && sink.pending() <= limits.queueBytes() / 2;
    }

    private void sendParts(StreamSource source, SnapshotRequest request) {
        Iterator<SymbolChannel> parts = due.iterator();
        while (hasRoom() && parts.hasNext()) {
            SymbolChannel part = parts.next();
            if (StreamNames.isDepth(part.channel())) {
                if (requested == MAX_REQUESTED) {
                    continue;
                }
                requested++;
                request.of(this, part.channel(), part.instrument());
            } else if (part.channel().equals(StreamNames.TRADES)) {
                Trade last = source.lastTrade(part.instrument());
                if (last != null) {
                    send(StreamMessage.of(messages.price(last)));
                }
            } else {
                for (Candle candle : source.openCandles(part.instrument())) {
                    if (part.channel().equals(StreamNames.CANDLES)
                            || part.channel().endsWith('.' + candle.timeframe())) {
                        send(StreamMessage.of(messages.candle(candle)));
                    }
                }
            }
            parts.remove();
        }
    }

    /** Requests the snapshot of a book. */
    interface SnapshotRequest {
        void of(StreamClient client, String channel, InstrumentId instrument);
    }

    /** Processes a requested snapshot. */
    void snapshot(String channel, InstrumentId instrument, BookView view, long now) {
        requested--;
        ClientBook book = books.get(new SymbolChannel(channel, instrument));
        if (book == null || closed) {
            return;
        }
        if (view != null && view.state() == BookState.SYNCED) {
            if (slow(now)) {
                conflate(channel, instrument, book);
            } else {
                send(messages.snapshot(view));
                book.synced(view.levels(), view.lastUpdateId());
            }
        } else {
            book.markStale();
            String reason = view == null ? "no depth yet" : view.reason();
            sendImportant(
                    channel, instrument, () -> StreamMessage.of(messages.stale(channel, instrument, reason)), now);
        }
    }

    /** Sends a response to a command. */
    void answer(String text, long now) {
        sendImportant("answers", null, () -> StreamMessage.of(text), now);
    }

    /** Ends the slow state if half of the queue is free. */
    void drained() {
        if (slow && sink.pending() <= limits.queueBytes() / 2) {
            slow = false;
            reportLost();
        }
    }

    private void reportLost() {
        lost.forEach((part, count) -> send(StreamMessage.of(messages.lost(part.channel(), part.instrument(), count))));
        lost.clear();
    }

    /** Sends pings, and closes the client if it is silent or slow for too long. */
    void tick(long now) {
        if (closed) {
            return;
        }
        drained();
        if (slow && now - slowSince >= limits.slow().toMillis()) {
            figures.countSlow();
            close(
                    CloseCode.TRY_AGAIN_LATER,
                    "too slow: " + sink.pending() / 1024 + " KiB have waited for "
                            + limits.slow().toSeconds() + " s");
        } else if (now - sink.heardAt() >= limits.timeout().toMillis()) {
            figures.countSilent();
            close(CloseCode.SILENT, "no answer to pings for " + limits.timeout().toSeconds() + " s");
        } else if (now - pingedAt >= limits.ping().toMillis()) {
            pingedAt = now;
            sink.ping();
        }
    }

    void close(int code, String reason) {
        if (!closed) {
            closed = true;
            sink.close(code, reason);
        }
    }

    private boolean slow(long now) {
        if (!slow && sink.pending() >= limits.queueBytes()) {
            slow = true;
            slowSince = now;
        }
        return slow;
    }

    private void send(StreamMessage message) {
        if (!closed) {
            figures.countSent();
            sink.send(message);
        }
    }
}
