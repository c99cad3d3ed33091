package dev.livefeed.connector.binance.stream;

import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.protocol.model.Levels;

/** Result of {@link CombinedFrameParser}. One instance is reused for all frames to avoid allocations. */
public final class CombinedFrame {

    /** Type of a frame. */
    public enum Kind {
        /** Market data of a known stream. */
        DATA,
        /** Market data of a stream that is not, or no longer, subscribed. */
        UNKNOWN_STREAM,
        /** A reply of the venue. */
        REPLY,
        /** The venue announces that it will end the connection. */
        SHUTDOWN
    }

    public Kind kind;
    public VenueStream stream;

    /** Time of the event in milliseconds, 0 if missing. */
    long eventMillis;

    /** Time of the matching engine in milliseconds, 0 if missing. */
    long tradeMillis;

    // Books.
    public long firstId;
    public long lastId;
    /** Last id of the previous update; -1 on spot. */
    public long previousId;

    public final Levels.Builder bids = new Levels.Builder();
    public final Levels.Builder asks = new Levels.Builder();

    // Trades.
    public long id;
    public long price;
    public int priceScale;
    public long qty;
    public int qtyScale;
    public boolean buyerIsMaker;

    /** What could not be read, though the rest of the frame could. */
    public final UnreadParts unread = new UnreadParts();

    /** Fields of tickers, candles and liquidations; those that cannot be read are added to {@link #unread}. */
    public final DataFields fields = new DataFields(unread);

    // Replies.
    /** Id of the request, or -1. */
    public long replyTo;

    /** The venue's refusal, or null. */
    public String error;

    void clear() {
        kind = null;
        stream = null;
        eventMillis = 0;
        tradeMillis = 0;
        firstId = -1;
        lastId = -1;
        previousId = -1;
        bids.clear();
        asks.clear();
        unread.clear();
        id = -1;
        price = 0;
        qty = 0;
        replyTo = -1;
        error = null;
    }

    /** Exchange time in microseconds, of the matching engine if present; 0 if the frame has none. */
    public long timeMicros() {
        return (tradeMillis > 0 ? tradeMillis : eventMillis) * 1_000L;
    }

    /** Time at which the venue made the frame, in milliseconds; 0 if missing. */
    public long eventMillis() {
        return eventMillis;
    }

    /** Whether most of the frame could not be read, or what it says as a whole. */
    public boolean mostlyUnread() {
        int unreadable = unread.total();
        return switch (stream.name().kind()) {
            case DEPTH -> unreadable > bids.size() + asks.size();
            case BOOK_TICKER, TICKER, MARK_PRICE -> unreadable > fields.readable();
            case AGGREGATE_TRADE, TRADE, KLINE, LIQUIDATION -> unreadable > unread.fields();
        };
    }
}
