package dev.livefeed.connector.feed;

import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counters of the connector for its heartbeat. Not thread-safe. */
public final class ConnectorCounters {

    public long frames;
    public long unreadableFrames;
    public long unreadableRows;
    public long shortenedSizes;
    public long truncatedBooks;
    public long suspectBooks;
    public long frozenBooks;
    public long staleSnapshots;
    public long bookCorrections;
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
    public long stallChecks;
    public long stalledConnections;
    public long duplicateTrades;
    public long repairedTrades;
    public long tradeGaps;
    public long earlyTickerDeltas;
    public long tickerRestarts;
    public long klineGaps;
    public long repeatedCandles;
    public long correctedCandles;
    public long liquidationGaps;
    public long rpiRestarts;
    private final EnumMap<UnreadableReason, Long> unreadableBy = new EnumMap<>(UnreadableReason.class);
    public long endedInstruments;
    public long restRequests;
    public long restFailures;

    /** Counts rows, levels and fields of frames and responses that could not be read. */
    public void unreadable(UnreadableReason reason, long count) {
        unreadableRows += count;
        unreadableBy.merge(reason, count, Long::sum);
    }

    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("frames", frames);
        shown.put("unreadable_frames", unreadableFrames);
        shown.put(Heartbeat.UNREADABLE, unreadableRows);
        unreadableBy.forEach((reason, count) -> shown.put(reason.figure(), count));
        shown.put("shortened_sizes", shortenedSizes);
        shown.put("truncated_books", truncatedBooks);
        shown.put("suspect_books", suspectBooks);
        shown.put("standing_books", frozenBooks);
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
        shown.put("stall_checks", stallChecks);
        shown.put("stalled_connections", stalledConnections);
        shown.put("duplicate_trades", duplicateTrades);
        shown.put("repaired_trades", repairedTrades);
        shown.put("trade_gaps", tradeGaps);
        shown.put("early_ticker_deltas", earlyTickerDeltas);
        shown.put("ticker_restarts", tickerRestarts);
        shown.put("kline_gaps", klineGaps);
        shown.put("repeated_candles", repeatedCandles);
        shown.put("corrected_candles", correctedCandles);
        shown.put("liquidation_gaps", liquidationGaps);
        shown.put("rpi_book_restarts", rpiRestarts);
        shown.put("ended_instruments", endedInstruments);
        shown.put("rest_requests", restRequests);
        shown.put("rest_failures", restFailures);
        return shown;
    }
}
