package dev.livefeed.connector.replay;

import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Depth;

/**
 * The book of one recorded stream, known while the recording holds all of its changes: where it is, a snapshot can be
 * told.
 */
final class RecordedBook {

    private static final int MOST_LEVELS = 10_000;

    private final String symbol;
    private final String channel;
    private final OrderBook book;
    private Depth last;
    /** Whether the reader has a snapshot that what follows can change. */
    private boolean told;

    RecordedBook(String symbol, int levels) {
        this.symbol = symbol;
        this.channel = "depth." + levels;
        this.book = new OrderBook(levels > 0 ? Math.min(levels, MOST_LEVELS) : MOST_LEVELS);
    }

    /** Takes a snapshot or a change. */
    void take(Depth depth) {
        try {
            if (depth.snapshot()) {
                book.snapshot(depth.bids(), depth.asks());
                last = depth;
            } else if (last != null && continues(depth)) {
                book.apply(depth.bids(), depth.asks());
                last = depth;
            } else {
                lost();
            }
        } catch (ArithmeticException e) {
            lost();
        }
    }

    private boolean continues(Depth depth) {
        return depth.prevUpdateId() < 0
                ? depth.lastUpdateId() > last.lastUpdateId()
                : depth.prevUpdateId() == last.lastUpdateId();
    }

    /** What comes next may not continue it. */
    void lost() {
        last = null;
        book.clear();
    }

    /**
     * Whether the event is of use to the reader: a change is not before there was a snapshot. What continues nothing is
     * passed on, as it was then.
     */
    boolean tells(Depth depth) {
        told |= depth.snapshot();
        return told;
    }

    /** The reader has no snapshot of it any more, or never had one. */
    void untold() {
        told = false;
    }

    String symbol() {
        return symbol;
    }

    /** {@code depth.N}: the channel that means this book and no other. */
    String channel() {
        return channel;
    }

    /**
     * The book as one event for the reader, with the time and the number of the last change; null where it is not
     * known.
     */
    Depth tell() {
        told |= last != null;
        return last == null
                ? null
                : new Depth(
                        last.symbol(),
                        last.category(),
                        last.timestampMicros(),
                        book.bids().top(MOST_LEVELS),
                        book.asks().top(MOST_LEVELS),
                        last.lastUpdateId(),
                        -1,
                        true,
                        last.levels(),
                        last.receivedAt(),
                        last.synthetic());
    }
}
