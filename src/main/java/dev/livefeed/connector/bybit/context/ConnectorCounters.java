package dev.livefeed.connector.bybit.context;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counters of the connector for its heartbeat. Not thread-safe. */
public final class ConnectorCounters {

    public long frames;
    public long unreadableFrames;
    public long unknownTopicFrames;
    public long connects;
    public long disconnects;
    public long recycles;
    public long pings;
    public long gaps;
    public long resyncs;
    public long resyncMillis;
    public long longestResyncMillis;
    public long earlyDeltas;
    public long repeats;
    public long absentDeletes;
    public long refused;
    public long throttled;
    public long silentTopics;
    public long silenceResubscribes;
    public long duplicateTrades;
    public long repairedTrades;
    public long tradeGaps;
    public long earlyTickerDeltas;
    public long tickerRestarts;
    public long klineGaps;
    public long liquidationGaps;
    public long unusableRows;
    public long rpiRestarts;
    long restRequests;
    public long restFailures;

    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("frames", frames);
        shown.put("unreadable_frames", unreadableFrames);
        shown.put("unknown_topic_frames", unknownTopicFrames);
        shown.put("connects", connects);
        shown.put("disconnects", disconnects);
        shown.put("recycles", recycles);
        shown.put("pings", pings);
        shown.put("book_gaps", gaps);
        shown.put("resyncs", resyncs);
        shown.put("resync_ms_total", resyncMillis);
        shown.put("resync_ms_longest", longestResyncMillis);
        shown.put("early_deltas", earlyDeltas);
        shown.put("book_repeats", repeats);
        shown.put("absent_deletes", absentDeletes);
        shown.put("topics_refused", refused);
        shown.put("requests_throttled", throttled);
        shown.put("silent_topics", silentTopics);
        shown.put("silence_resubscribes", silenceResubscribes);
        shown.put("duplicate_trades", duplicateTrades);
        shown.put("repaired_trades", repairedTrades);
        shown.put("trade_gaps", tradeGaps);
        shown.put("early_ticker_deltas", earlyTickerDeltas);
        shown.put("ticker_restarts", tickerRestarts);
        shown.put("kline_gaps", klineGaps);
        shown.put("liquidation_gaps", liquidationGaps);
        shown.put("unusable_rows", unusableRows);
        shown.put("rpi_book_restarts", rpiRestarts);
        shown.put("rest_requests", restRequests);
        shown.put("rest_failures", restFailures);
        return shown;
    }
}
