package dev.livefeed.connector.bybit.topic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connector.feed.KlineRow;
import dev.livefeed.connector.feed.book.BookFrame;
import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.Levels;
import java.util.ArrayList;
import java.util.List;

/** Result of {@link FrameParser}. One instance is reused for all frames to avoid allocations. */
public final class ParsedFrame implements BookFrame {

    /** Type of a frame. */
    public enum Kind {
        /** Market data of a known topic. */
        DATA,
        /** Market data of a topic that is not, or no longer, subscribed. */
        UNKNOWN_TOPIC,
        /** A reply of the venue. */
        CONTROL
    }

    public Kind kind;
    public Topic topic;
    /** Name of a topic that is not subscribed, or null. */
    public String otherTopic;

    // Market data.
    public boolean snapshot;
    /** Publication time in milliseconds, 0 if missing. */
    long ts;
    /** Time of the matching engine in milliseconds, 0 if missing. */
    long cts;

    public long updateId;
    public long seq;
    public final Levels.Builder bids = new Levels.Builder();
    public final Levels.Builder asks = new Levels.Builder();
    /** Trades, or liquidations, which have no id. */
    public final List<TradeRow> trades = new ArrayList<>();

    public int tradeCount;

    /** What could not be read of it. */
    public final UnreadParts unread = new UnreadParts();

    // Tickers and candles; cleared when a frame of that type is read.
    public final TickerFields ticker = new TickerFields();
    public final List<KlineRow> klines = new ArrayList<>();

    /** Data of the kinds that have no fields here. */
    public JsonNode data;

    // Replies.
    public String op;
    public String type;
    public String retMsg;
    public String reqId;
    public boolean success;
    public final List<String> successTopics = new ArrayList<>();
    public final List<String> failTopics = new ArrayList<>();

    void clear() {
        kind = null;
        topic = null;
        otherTopic = null;
        snapshot = false;
        ts = 0;
        cts = 0;
        updateId = -1;
        seq = -1;
        data = null;
        bids.clear();
        asks.clear();
        tradeCount = 0;
        unread.clear();
        op = null;
        type = null;
        retMsg = null;
        reqId = null;
        success = true;
        successTopics.clear();
        failTopics.clear();
    }

    /** Returns an empty trade row. */
    TradeRow addTrade() {
        if (tradeCount == trades.size()) {
            trades.add(new TradeRow());
        }
        TradeRow row = trades.get(tradeCount++);
        row.clear();
        return row;
    }

    /** Removes the row that was added last. */
    void dropTrade() {
        tradeCount--;
    }

    /** Whether the frame answers a ping; the format differs between streams. */
    public boolean isPong() {
        return "pong".equals(retMsg) || "pong".equals(op);
    }

    /** An update id of 1 is that of a snapshot after a restart of the venue, whatever the type. */
    @Override
    public boolean isWholeBook() {
        return snapshot || updateId == 1;
    }

    @Override
    public long updateId() {
        return updateId;
    }

    @Override
    public boolean follows(long lastUpdateId) {
        return updateId == lastUpdateId + 1;
    }

    @Override
    public LevelList bids() {
        return bids;
    }

    @Override
    public LevelList asks() {
        return asks;
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public String unknownLevel() {
        return unread.hidesLevel() ? unread.cause() : null;
    }

    /** Exchange time in microseconds, of the matching engine if present. */
    @Override
    public long timeMicros() {
        return (cts > 0 ? cts : ts) * 1_000L;
    }
}
