package dev.livefeed.soak;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Figures of a soak. Not thread-safe; the figures of several threads are added. */
final class SoakFigures {

    long sequences;
    long simulatedMillis;
    long faults;
    long frames;
    long depths;
    long booksCompared;
    long booksNotCompared;
    long booksWrong;
    /** Books that continued another state with the same id, which no client can detect. */
    long booksMistaken;

    long syncs;
    long suspects;
    long bookGaps;
    long resyncs;
    long resyncMillis;
    long longestResyncMillis;
    long depthsMerged;
    long tradesMade;
    long tradesDelivered;
    long tradesRepaired;
    long tradesLate;
    long tradesLost;
    long tradesUnknowable;
    long tradeGaps;
    long endedInstruments;
    long joined;
    long contractsJoined;
    long newContractTrades;
    long quietMarkets;
    long candlesClosed;
    long candlesCorrected;
    long candleGaps;
    long connects;
    long severalConnections;
    long recycles;
    long restRequests;
    long restFailures;
    long commands;
    long refused;
    long settleMillis;
    long longestSettleMillis;
    final Map<String, Long> faultsByKind = new TreeMap<>();

    /** Counts a fault. */
    void fault(String kind) {
        faults++;
        faultsByKind.merge(kind, 1L, Long::sum);
    }

    /** Adds the connector's own figures from its heartbeat. */
    void connector(Map<String, Object> own) {
        bookGaps += number(own, "book_gaps");
        resyncs += number(own, "resyncs");
        resyncMillis += number(own, "resync_ms_total");
        longestResyncMillis = Math.max(longestResyncMillis, number(own, "resync_ms_longest"));
        depthsMerged += number(own, "depth_merged");
        tradesRepaired += number(own, "repaired_trades");
        connects += number(own, "connects");
        recycles += number(own, "recycles");
        restRequests += number(own, "rest_requests");
        restFailures += number(own, "rest_failures");
    }

    private static long number(Map<String, Object> figures, String name) {
        return figures.get(name) instanceof Number number ? number.longValue() : 0;
    }

    void add(SoakFigures other) {
        sequences += other.sequences;
        simulatedMillis += other.simulatedMillis;
        faults += other.faults;
        frames += other.frames;
        depths += other.depths;
        booksCompared += other.booksCompared;
        booksNotCompared += other.booksNotCompared;
        booksWrong += other.booksWrong;
        booksMistaken += other.booksMistaken;
        syncs += other.syncs;
        suspects += other.suspects;
        bookGaps += other.bookGaps;
        resyncs += other.resyncs;
        resyncMillis += other.resyncMillis;
        longestResyncMillis = Math.max(longestResyncMillis, other.longestResyncMillis);
        depthsMerged += other.depthsMerged;
        tradesMade += other.tradesMade;
        tradesDelivered += other.tradesDelivered;
        tradesRepaired += other.tradesRepaired;
        tradesLate += other.tradesLate;
        tradesLost += other.tradesLost;
        tradesUnknowable += other.tradesUnknowable;
        tradeGaps += other.tradeGaps;
        endedInstruments += other.endedInstruments;
        joined += other.joined;
        contractsJoined += other.contractsJoined;
        newContractTrades += other.newContractTrades;
        quietMarkets += other.quietMarkets;
        candlesClosed += other.candlesClosed;
        candlesCorrected += other.candlesCorrected;
        candleGaps += other.candleGaps;
        connects += other.connects;
        severalConnections += other.severalConnections;
        recycles += other.recycles;
        restRequests += other.restRequests;
        restFailures += other.restFailures;
        commands += other.commands;
        refused += other.refused;
        settleMillis += other.settleMillis;
        longestSettleMillis = Math.max(longestSettleMillis, other.longestSettleMillis);
        other.faultsByKind.forEach((kind, count) -> faultsByKind.merge(kind, count, Long::sum));
    }

    /** The figures by name. */
    Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("sequences", sequences);
        shown.put("simulated hours", Math.round(simulatedMillis / 36_000.0) / 100.0);
        shown.put("faults", faults);
        shown.put("commands", commands);
        shown.put("refused topics", refused);
        shown.put("connections", connects);
        shown.put("of them scheduled replacements", recycles);
        shown.put("sequences with several connections", severalConnections);
        shown.put("frames", frames);
        shown.put("depth events", depths);
        shown.put("depth events merged", depthsMerged);
        shown.put("books compared", booksCompared);
        shown.put("books not compared", booksNotCompared);
        shown.put("wrong books", booksWrong);
        shown.put("books wrong undetectably", booksMistaken);
        shown.put("book gaps", bookGaps);
        shown.put("resyncs", resyncs);
        shown.put("resync ms, mean", resyncs == 0 ? 0 : resyncMillis / resyncs);
        shown.put("resync ms, longest", longestResyncMillis);
        shown.put("synced", syncs);
        shown.put("reported as suspect", suspects);
        shown.put("trades made", tradesMade);
        shown.put("trades delivered", tradesDelivered);
        shown.put("of them repaired", tradesRepaired);
        shown.put("of them late, as reported", tradesLate);
        shown.put("trades reported as lost", tradesLost);
        shown.put("trades lost undetectably", tradesUnknowable);
        shown.put("trade gaps reported", tradeGaps);
        shown.put("trades of contracts listed meanwhile", newContractTrades);
        shown.put("instruments that ended", endedInstruments);
        shown.put("streams joined when they were listed", joined);
        shown.put("books of contracts joined by base coin", contractsJoined);
        shown.put("sequences with quiet markets only", quietMarkets);
        shown.put("candles closed", candlesClosed);
        shown.put("of them corrections", candlesCorrected);
        shown.put("candle gaps reported", candleGaps);
        shown.put("REST requests", restRequests);
        shown.put("REST failures", restFailures);
        shown.put("recovery ms, mean", sequences == 0 ? 0 : settleMillis / sequences);
        shown.put("recovery ms, longest", longestSettleMillis);
        return shown;
    }

    /** One line for each figure and one for the kinds of faults. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        shown().forEach((name, value) -> text.append(String.format("%-42s %s%n", name, value)));
        return text.append("faults by kind: ").append(faultsByKind).toString();
    }
}
