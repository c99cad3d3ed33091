package dev.livefeed.connector.bybit.topic;

import dev.livefeed.protocol.model.Levels;
import java.util.ArrayList;
import java.util.List;

/** What {@link FrameParser} read last: one object for all frames, so that a frame costs no allocation a level. */
public final class ParsedFrame {

    /** What the frame is. */
    public enum Kind {
        /** Market data of a known topic. */
        DATA,
        /** Market data of a topic nobody asked for, or that was just left. */
        UNKNOWN_TOPIC,
        /** An answer of the venue. */
        CONTROL
    }

    public Kind kind;
    public Topic topic;

    // Market data.
    public boolean snapshot;
    /** Publication time, milliseconds, 0 where missing. */
    long ts;
    /** Time of the matching engine, milliseconds, 0 where missing. */
    long cts;

    public long updateId;
    public long seq;
    public final Levels.Builder bids = new Levels.Builder();
    public final Levels.Builder asks = new Levels.Builder();
    /** Trades, or liquidations, which are without an id. */
    public final List<TradeRow> trades = new ArrayList<>();

    public int tradeCount;

    // Of further topics; these are cleared where one of them is read.
    public final TickerFields ticker = new TickerFields();
    public final List<KlineRow> klines = new ArrayList<>();

    // Control.
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
        snapshot = false;
        ts = 0;
        cts = 0;
        updateId = -1;
        seq = -1;
        bids.clear();
        asks.clear();
        tradeCount = 0;
        op = null;
        type = null;
        retMsg = null;
        reqId = null;
        success = true;
        successTopics.clear();
        failTopics.clear();
    }

    /** The next trade row, empty. */
    TradeRow addTrade() {
        if (tradeCount == trades.size()) {
            trades.add(new TradeRow());
        }
        TradeRow row = trades.get(tradeCount++);
        row.clear();
        return row;
    }

    /** Whether the frame answers a ping; each stream says it in another way. */
    public boolean isPong() {
        return "pong".equals(retMsg) || "pong".equals(op);
    }

    /** Exchange time in microseconds: of the matching engine where it is there. */
    public long timeMicros() {
        return (cts > 0 ? cts : ts) * 1_000L;
    }
}
