package dev.livefeed.app.stream;

import dev.livefeed.app.market.BookState;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Trade;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
    private record SymbolChannel(String channel, String symbol) {}

    private final ClientSink sink;
    private final StreamLimits limits;
    private final ClientSubscription subscription;
    private final StreamMessages messages;
    private final StreamFigures figures;
    private final Map<SymbolChannel, ClientBook> books = new HashMap<>();
    private final Set<SymbolChannel> due = new LinkedHashSet<>();
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

    /** Sends a trade or another event that is useless later. */
    void event(String channel, String symbol, Supplier<String> text, long now) {
        if (wants(channel, symbol)) {
            if (slow(now)) {
                countLost(channel, symbol, 1);
            } else {
                send(text.get());
            }
        }
    }

    /** Sends a rare and important message, even if trades are no longer sent. */
    void notice(String channel, String symbol, Supplier<String> text, long now) {
        if (wants(channel, symbol)) {
            sendImportant(channel, symbol, text, now);
        }
    }

    private void sendImportant(String channel, String symbol, Supplier<String> text, long now) {
        slow(now);
        if (sink.pending() < 2L * limits.queueBytes()) {
            send(text.get());
        } else {
            countLost(channel, symbol, 1);
        }
    }

    /** Sends an update of a book, or schedules a snapshot. */
    void depth(String channel, Depth depth, DepthText text, long now) {
        ClientBook book = books.get(new SymbolChannel(channel, depth.symbol()));
        if (book == null && wants(channel, depth.symbol())) {
            // The symbol became known after the client joined.
            book = book(channel, depth.symbol());
        }
        if (book == null || closed) {
            return;
        }
        switch (book.step(depth)) {
            case SEND -> {
                if (slow(now)) {
                    conflate(channel, depth.symbol(), book);
                } else {
                    send(text.of(book.position()));
                    book.synced(depth.levels(), depth.lastUpdateId());
                }
            }
            case RESYNC -> conflate(channel, depth.symbol(), book);
            default -> {
                // Skipped.
            }
        }
    }

    /** The text of an update, shared by all clients. */
    interface DepthText {

        /** @param position update id of the clients' copies of the book */
        String of(long position);
    }

    /** A local order book is stale: a client with a copy is told. */
    void stale(String channel, String symbol, int levels, String reason, long now) {
        books.forEach((part, book) -> {
            boolean affected = (symbol == null || part.symbol().equals(symbol))
                    && (channel == null || part.channel().equals(channel));
            if (affected && book.stale(levels)) {
                book.markStale();
                String text = messages.stale(part.channel(), part.symbol(), reason);
                sendImportant(part.channel(), part.symbol(), () -> text, now);
            }
        });
    }

    /** Counts events that were lost before they reached any client. */
    void lostBefore(String channel, String symbol, long count, long now) {
        if (StreamNames.isDepth(channel)) {
            ClientBook book = books.get(new SymbolChannel(channel, symbol));
            if (book != null) {
                conflate(channel, symbol, book);
            }
        } else if (wants(channel, symbol)) {
            countLost(channel, symbol, count);
            if (!slow(now)) {
                reportLost();
            }
        }
    }

    private boolean wants(String channel, String symbol) {
        return !closed && subscription.wants(channel, symbol);
    }

    private void conflate(String channel, String symbol, ClientBook book) {
        if (!book.snapshotDue()) {
            figures.countConflated();
        }
        book.requireSnapshot();
        due.add(new SymbolChannel(channel, symbol));
    }

    private void countLost(String channel, String symbol, long count) {
        lost.merge(new SymbolChannel(channel, symbol), count, Long::sum);
        figures.countLost(count);
    }

    private ClientBook book(String channel, String symbol) {
        SymbolChannel part = new SymbolChannel(channel, symbol);
        due.add(part);
        return books.computeIfAbsent(part, any -> new ClientBook());
    }

    /** Schedules what a client receives when it subscribes to a channel. */
    void requireSnapshot(String channel, String symbol) {
        if (StreamNames.isDepth(channel)) {
            book(channel, symbol).requireSnapshot();
        } else if (channel.equals(StreamNames.TRADES)
                || channel.equals(StreamNames.CANDLES)
                || channel.startsWith(StreamNames.CANDLES + '.')) {
            due.add(new SymbolChannel(channel, symbol));
        }
    }

    /** Removes what is no longer subscribed. */
    void forgetUnwanted() {
        books.keySet().removeIf(part -> !subscription.wants(part.channel(), part.symbol()));
        due.removeIf(part -> !subscription.wants(part.channel(), part.symbol()));
    }

    /**
     * Sends what is due, as far as the queue has room.
     *
     * @param request requests the snapshot of a book, which is passed to {@link #snapshot}
     */
    void sendDue(StreamSource source, SnapshotRequest request) {
        Iterator<SymbolChannel> parts = due.iterator();
        while (!slow && !closed && parts.hasNext() && sink.pending() <= limits.queueBytes() / 2) {
            SymbolChannel part = parts.next();
            if (StreamNames.isDepth(part.channel())) {
                if (requested == MAX_REQUESTED) {
                    continue;
                }
                requested++;
                request.of(this, part.channel(), part.symbol());
            } else if (part.channel().equals(StreamNames.TRADES)) {
                Trade last = source.lastTrade(part.symbol());
                if (last != null) {
                    send(messages.price(last));
                }
            } else {
                for (Candle candle : source.openCandles(part.symbol())) {
                    if (part.channel().equals(StreamNames.CANDLES)
                            || part.channel().endsWith('.' + candle.timeframe())) {
                        send(messages.candle(candle));
                    }
                }
            }
            parts.remove();
        }
    }

    /** Requests the snapshot of a book. */
    interface SnapshotRequest {
        void of(StreamClient client, String channel, String symbol);
    }

    /** Processes a requested snapshot. */
    void snapshot(String channel, String symbol, BookView view, long now) {
        requested--;
        ClientBook book = books.get(new SymbolChannel(channel, symbol));
        if (book == null || closed) {
            return;
        }
        if (view != null && view.state() == BookState.SYNCED) {
            if (slow(now)) {
                conflate(channel, symbol, book);
            } else {
                send(messages.snapshot(view));
                book.synced(view.levels(), view.lastUpdateId());
            }
        } else {
            book.markStale();
            String reason = view == null ? "no depth yet" : view.reason();
            sendImportant(channel, symbol, () -> messages.stale(channel, symbol, reason), now);
        }
    }

    /** Sends a response to a command. */
    void answer(String text, long now) {
        sendImportant("answers", null, () -> text, now);
    }

    /** Ends the slow state if half of the queue is free. */
    void drained() {
        if (slow && sink.pending() <= limits.queueBytes() / 2) {
            slow = false;
            reportLost();
        }
    }

    private void reportLost() {
        lost.forEach((part, count) -> send(messages.lost(part.channel(), part.symbol(), count)));
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

    private void send(String text) {
        if (!closed) {
            figures.countSent();
            sink.send(text);
        }
    }
}
