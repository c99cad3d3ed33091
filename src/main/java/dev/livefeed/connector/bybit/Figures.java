package dev.livefeed.connector.bybit;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the connector counts, for its heartbeat. One thread. */
final class Figures {

    long frames;
    long unreadableFrames;
    long unknownTopicFrames;
    long connects;
    long disconnects;
    long recycles;
    long pings;
    long gaps;
    long resyncs;
    long resyncMillis;
    long longestResyncMillis;
    long earlyDeltas;
    long repeats;
    long absentDeletes;
    long refused;
    long throttled;
    long silentTopics;
    long silenceResubscribes;
    long duplicateTrades;
    long repairedTrades;
    long tradeGaps;
    long earlyTickerDeltas;
    long tickerRestarts;
    long klineGaps;
    long liquidationGaps;
    long restRequests;
    long restFailures;

    Map<String, Object> shown() {
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
        shown.put("rest_requests", restRequests);
        shown.put("rest_failures", restFailures);
        return shown;
    }
}
