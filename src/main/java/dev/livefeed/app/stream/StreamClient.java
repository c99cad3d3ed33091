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
 * One client: what it wants, how far it has come, what it is still owed. Where more waits for it than its queue may hold it is
 * slow, until half of that is left: meanwhile trades and others are counted as lost and books wait for a snapshot. Serves
 * the hub's thread alone.
 */
final class StreamClient {

    /** Snapshots of books that are on their way at a time. */
    private static final int MOST_ON_THE_WAY = 8;

    /** A part of one channel: of one symbol, or of none (null). */
    private record Part(String channel, String symbol) {}

    private final ClientSink sink;
    private final StreamLimits limits;
    private final ClientSubscription interest;
    private final StreamMessages messages;
    private final StreamFigures figures;
    private final Map<Part, ClientBook> books = new HashMap<>();
    private final Set<Part> owed = new LinkedHashSet<>();
    private final Map<Part, Long> lost = new LinkedHashMap<>();
    private int onTheWay;
    private boolean slow;
    private long slowSince;
    private long pingedAt;
    private boolean closed;

    StreamClient(
            ClientSink sink,
            StreamLimits limits,
            ClientSubscription interest,
            StreamMessages messages,
            StreamFigures figures) {
        this.sink = sink;
        this.limits = limits;
        this.interest = interest;
        this.messages = messages;
        this.figures = figures;
        this.pingedAt = sink.heardAt();
    }

    ClientSink sink() {
        return sink;
    }

    ClientSubscription interest() {
        return interest;
    }

    boolean closed() {
        return closed;
    }

    /** Takes a trade or another event that is of no use later. */
    void event(String channel, String symbol, Supplier<String> text, long now) {
        if (wants(channel, symbol)) {
            if (slow(now)) {
                lose(channel, symbol, 1);
            } else {
                send(text.get());
            }
        }
    }

    /** Takes what is rare and matters: it may wait where a trade no longer may. */
    void notice(String channel, String symbol, Supplier<String> text, long now) {
        if (wants(channel, symbol)) {
            say(channel, symbol, text, now);
        }
    }

    private void say(String channel, String symbol, Supplier<String> text, long now) {
        slow(now);
        if (sink.pending() < 2L * limits.queueBytes()) {
            send(text.get());
        } else {
            lose(channel, symbol, 1);
        }
    }

    /** Takes an update of a book. */
    void depth(String channel, Depth depth, DepthText text, long now) {
        ClientBook book = books.get(new Part(channel, depth.symbol()));
        if (book == null && wants(channel, depth.symbol())) {
            // Its symbol has become known after the client came.
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
                    book.at(depth.levels(), depth.lastUpdateId());
                }
            }
            case RENEW -> conflate(channel, depth.symbol(), book);
            default -> {
                // Nothing to do.
            }
        }
    }

    /** The text of an update, the same for all clients. */
    interface DepthText {

        /** @param position of the clients' copies of the book */
        String of(long position);
    }

    /** A book here must not be read: whoever has a copy of it is told. */
    void stale(String channel, String symbol, int levels, String reason, long now) {
        books.forEach((part, book) -> {
            boolean meant = (symbol == null || part.symbol().equals(symbol))
                    && (channel == null || part.channel().equals(channel));
            if (meant && book.stale(levels)) {
                book.told();
                String text = messages.stale(part.channel(), part.symbol(), reason);
                say(part.channel(), part.symbol(), () -> text, now);
            }
        });
    }

    /** Events were lost before they came to any client. */
    void lostBefore(String channel, String symbol, long count, long now) {
        if (StreamNames.isDepth(channel)) {
            ClientBook book = books.get(new Part(channel, symbol));
            if (book != null) {
                conflate(channel, symbol, book);
            }
        } else if (wants(channel, symbol)) {
            lose(channel, symbol, count);
            if (!slow(now)) {
                announce();
            }
        }
    }

    private boolean wants(String channel, String symbol) {
        return !closed && interest.wants(channel, symbol);
    }

    private void conflate(String channel, String symbol, ClientBook book) {
        if (!book.owed()) {
            figures.wasConflated();
        }
        book.owe();
        owed.add(new Part(channel, symbol));
    }

    private void lose(String channel, String symbol, long count) {
        lost.merge(new Part(channel, symbol), count, Long::sum);
        figures.wasLost(count);
    }

    private ClientBook book(String channel, String symbol) {
        Part part = new Part(channel, symbol);
        owed.add(part);
        return books.computeIfAbsent(part, any -> new ClientBook());
    }

    /** What the client is to be given of a channel now that it has joined it. */
    void owe(String channel, String symbol) {
        if (StreamNames.isDepth(channel)) {
            book(channel, symbol).owe();
        } else if (channel.equals(StreamNames.TRADES)
                || channel.equals(StreamNames.CANDLES)
                || channel.startsWith(StreamNames.CANDLES + '.')) {
            owed.add(new Part(channel, symbol));
        }
    }

    /** Forgets what is no longer wanted. */
    void forgetUnwanted() {
        books.keySet().removeIf(part -> !interest.wants(part.channel(), part.symbol()));
        owed.removeIf(part -> !interest.wants(part.channel(), part.symbol()));
    }

    /**
     * Gives what is owed, as far as there is room.
     *
     * @param request asks for the snapshot of a book, which comes to {@link #snapshot}
     */
    void pay(StreamSource source, SnapshotRequest request) {
        Iterator<Part> parts = owed.iterator();
        while (!slow && !closed && parts.hasNext() && sink.pending() <= limits.queueBytes() / 2) {
            Part part = parts.next();
            if (StreamNames.isDepth(part.channel())) {
                if (onTheWay == MOST_ON_THE_WAY) {
                    continue;
                }
                onTheWay++;
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

    /** Asks for the snapshot of a book. */
    interface SnapshotRequest {
        void of(StreamClient client, String channel, String symbol);
    }

    /** The snapshot that was asked for. */
    void snapshot(String channel, String symbol, BookView view, long now) {
        onTheWay--;
        ClientBook book = books.get(new Part(channel, symbol));
        if (book == null || closed) {
            return;
        }
        if (view != null && view.state() == BookState.SYNCED) {
            if (slow(now)) {
                conflate(channel, symbol, book);
            } else {
                send(messages.snapshot(view));
                book.at(view.levels(), view.lastUpdateId());
            }
        } else {
            book.told();
            String reason = view == null ? "no depth yet" : view.reason();
            say(channel, symbol, () -> messages.stale(channel, symbol, reason), now);
        }
    }

    /** Answers a command, whatever the client wants. */
    void answer(String text, long now) {
        say("answers", null, () -> text, now);
    }

    /** Half of the queue is free again. */
    void drained() {
        if (slow && sink.pending() <= limits.queueBytes() / 2) {
            slow = false;
            announce();
        }
    }

    private void announce() {
        lost.forEach((part, count) -> send(messages.lost(part.channel(), part.symbol(), count)));
        lost.clear();
    }

    /** Looks after the time: pings, and closes who is silent or slow for too long. */
    void tick(long now) {
        if (closed) {
            return;
        }
        drained();
        if (slow && now - slowSince >= limits.slow().toMillis()) {
            figures.wasSlow();
            close(
                    CloseCode.TRY_AGAIN_LATER,
                    "too slow: " + sink.pending() / 1024 + " KiB have waited for "
                            + limits.slow().toSeconds() + " s");
        } else if (now - sink.heardAt() >= limits.timeout().toMillis()) {
            figures.wasSilent();
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
            figures.wasSent();
            sink.send(text);
        }
    }
}
