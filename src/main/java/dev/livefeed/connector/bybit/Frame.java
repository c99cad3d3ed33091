package dev.livefeed.connector.bybit;

import dev.livefeed.event.Levels;
import java.util.ArrayList;
import java.util.List;

/** What {@link FrameParser} read last: one object for all frames, so that a frame costs no allocation a level. */
final class Frame {

    /** What the frame is. */
    enum Kind {
        /** Market data of a known topic. */
        DATA,
        /** Market data of a topic nobody asked for, or that was just left. */
        UNKNOWN_TOPIC,
        /** An answer of the venue. */
        CONTROL
    }

    Kind kind;
    Topic topic;

    // Market data.
    boolean snapshot;
    /** Publication time, milliseconds, 0 where missing. */
    long ts;
    /** Time of the matching engine, milliseconds, 0 where missing. */
    long cts;

    long updateId;
    long seq;
    final Levels.Builder bids = new Levels.Builder();
    final Levels.Builder asks = new Levels.Builder();
    /** Trades, or liquidations, which are without an id. */
    final List<TradeRow> trades = new ArrayList<>();

    int tradeCount;

    // Of further topics; these are cleared where one of them is read.
    final TickerFields ticker = new TickerFields();
    final List<KlineRow> klines = new ArrayList<>();

    // Control.
    String op;
    String type;
    String retMsg;
    String reqId;
    boolean success;
    final List<String> successTopics = new ArrayList<>();
    final List<String> failTopics = new ArrayList<>();

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
    boolean isPong() {
        return "pong".equals(retMsg) || "pong".equals(op);
    }

    /** Exchange time in microseconds: of the matching engine where it is there. */
    long timeMicros() {
        return (cts > 0 ? cts : ts) * 1_000L;
    }
}
