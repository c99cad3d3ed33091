package dev.livefeed.connector.replay;

import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Depth;

/**
 * The book of a recorded stream. It is known while the recording contains all of its changes; a snapshot can be sent
 * then.
 */
final class RecordedBook {

    private static final int MAX_LEVELS = 10_000;

    private final String symbol;
    private final String channel;
    private final OrderBook book;
    private Depth last;
    /** Whether the reader has a snapshot to which deltas can be applied. */
    private boolean readerHasSnapshot;

    RecordedBook(String symbol, int levels) {
        this.symbol = symbol;
        this.channel = "depth." + levels;
        this.book = new OrderBook(levels > 0 ? Math.min(levels, MAX_LEVELS) : MAX_LEVELS);
    }

    /** Applies a snapshot or a delta. */
    void apply(Depth depth) {
        try {
            if (depth.snapshot()) {
                book.snapshot(depth.bids(), depth.asks());
                last = depth;
            } else if (last != null && continues(depth)) {
                book.apply(depth.bids(), depth.asks());
                last = depth;
            } else {
                invalidate();
            }
        } catch (ArithmeticException e) {
            invalidate();
        }
    }

    private boolean continues(Depth depth) {
        return depth.prevUpdateId() < 0
                ? depth.lastUpdateId() > last.lastUpdateId()
                : depth.prevUpdateId() == last.lastUpdateId();
    }

    /** Marks the book as unknown until the next snapshot. */
    void invalidate() {
        last = null;
        book.clear();
    }

    /**
     * Whether the event is sent to the reader: deltas only after a snapshot. A recorded gap in the update ids is
     * replayed as it was.
     */
    boolean accepts(Depth depth) {
        readerHasSnapshot |= depth.snapshot();
        return readerHasSnapshot;
    }

    /** The reader needs a new snapshot. */
    void forgetReader() {
        readerHasSnapshot = false;
    }

    String symbol() {
        return symbol;
    }

    /** The channel {@code depth.N} of this book. */
    String channel() {
        return channel;
    }

    /**
     * The book as a snapshot event, with the time and the update id of the last change; null if it is not known.
     */
    Depth snapshot() {
        readerHasSnapshot |= last != null;
        return last == null
                ? null
                : new Depth(
                        last.instrument(),
                        last.timestampMicros(),
                        book.bids().top(MAX_LEVELS),
                        book.asks().top(MAX_LEVELS),
                        last.lastUpdateId(),
                        -1,
                        true,
                        last.levels(),
                        last.receivedAt(),
                        last.synthetic());
    }
}
