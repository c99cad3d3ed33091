package dev.livefeed.connector.binance.book;

import dev.livefeed.connector.binance.stream.CombinedFrame;
import dev.livefeed.connector.binance.stream.StreamHandler;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.book.BookUpdate;
import dev.livefeed.connector.feed.book.JoinedBook;

/** Passes the frames of {@code depth} to the book of its instrument. */
public final class BookHandler implements StreamHandler {

    private final VenueContext context;
    private final JoinedBook book;

    public BookHandler(VenueContext context, JoinedBook book) {
        this.context = context;
        this.book = book;
    }

    public JoinedBook book() {
        return book;
    }

    @Override
    public void frame(CombinedFrame frame, long receivedAt, boolean synthetic) {
        book.update(
                new BookUpdate(
                        frame.firstId,
                        frame.lastId,
                        frame.previousId,
                        frame.timeMicros(),
                        new BookUpdate.Sides(
                                frame.bids, frame.asks, frame.unread.hidesLevel() ? frame.unread.cause() : null),
                        receivedAt,
                        context.now()),
                synthetic);
    }

    @Override
    public void mayHaveMissed() {
        book.verify();
    }

    @Override
    public void unreadable(VenueStream stream, String why) {
        book.unreadable(why);
    }

    @Override
    public void active(VenueStream stream) {
        book.active();
    }

    @Override
    public void ended(VenueStream stream) {
        book.ended();
    }

    @Override
    public void tick() {
        book.tick();
    }
}
