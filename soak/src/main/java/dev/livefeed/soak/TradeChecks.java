package dev.livefeed.soak;

import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The trades of one stream, checked for each of its instruments: one, or all option contracts of a base coin. */
final class TradeChecks {

    /** Trades of different contracts may arrive out of order by this much. */
    private static final long UNORDERED_MICROS = 2_000_000;

    /** The connector measures the exchange's clock. */
    private static final long CLOCK_MICROS = 1_000_000;

    private final StreamRequest stream;
    private final SoakFigures figures;
    private final UndetectableLoss undetectable;
    private final Set<String> emitted;
    private final Map<String, TradeCheck> byInstrument = new LinkedHashMap<>();
    private Map<String, Long> made = Map.of();
    private boolean open;
    private long began;

    /** @param emitted the trades that were emitted for any stream, each as {@link #key} */
    TradeChecks(StreamRequest stream, SoakFigures figures, UndetectableLoss undetectable, Set<String> emitted) {
        this.emitted = emitted;
        this.stream = stream;
        this.figures = figures;
        this.undetectable = undetectable;
        if (!stream.isBaseCoin()) {
            of(stream.symbol());
        }
    }

    /**
     * The check of one instrument. A contract that was listed after the subscription is due from its first trade on.
     */
    TradeCheck of(String instrument) {
        return byInstrument.computeIfAbsent(instrument, key -> {
            TradeCheck check = new TradeCheck(
                    stream.isBaseCoin() ? stream + " " + key : stream.toString(),
                    figures,
                    (row, endedSoon) -> undetectable.unknowable(stream.category(), key, row, endedSoon),
                    row -> emitted.contains(key(key, row.id())));
            if (open) {
                check.subscribed(madeBefore(key), began);
            }
            return check;
        });
    }

    /**
     * @param madeBefore number of trades of each instrument at this time; empty to start with the first emitted trades
     * @param sinceMicros exchange time from which on trades are owed, according to the connector
     * @param atMicros exchange time at which it said so
     */
    void subscribed(Map<String, Long> madeBefore, long sinceMicros, long atMicros) {
        if (sinceMicros > atMicros + CLOCK_MICROS) {
            throw new Violation(stream + ": trades are promised from " + Instant.ofEpochMilli(sinceMicros / 1_000)
                    + " on, which is later than the status at " + Instant.ofEpochMilli(atMicros / 1_000));
        }
        if (!open) {
            open = true;
            made = madeBefore;
            began = sinceMicros;
            byInstrument.forEach((instrument, check) -> check.subscribed(madeBefore(instrument), sinceMicros));
        }
    }

    /** Identifies a trade. */
    static String key(String symbol, String id) {
        return symbol + ' ' + id;
    }

    private long madeBefore(String instrument) {
        return made.isEmpty() ? -1 : made.getOrDefault(instrument, 0L);
    }

    void unsubscribed() {
        open = false;
        byInstrument.values().forEach(TradeCheck::unsubscribed);
    }

    /** The instrument has ended: all of its trades are due. */
    void ended() {
        open = false;
        byInstrument.values().forEach(TradeCheck::ended);
    }

    boolean isOpen() {
        return open;
    }

    void trade(Trade trade) {
        if (stream.isBaseCoin() && !made.isEmpty() && !made.containsKey(trade.symbol())) {
            figures.newContractTrades++;
        }
        of(trade.symbol()).trade(trade);
    }

    /** @param instrument one contract; null for all instruments of the stream */
    void gap(String instrument, Status gap, boolean excused) {
        if (instrument == null) {
            byInstrument.values().forEach(check -> check.gap(gap, excused));
        } else {
            of(instrument).gap(gap, excused);
        }
    }

    /** @param instrument one contract; null for all instruments of the stream */
    void repaired(String instrument, Status repair) {
        if (instrument == null) {
            byInstrument.values().forEach(check -> check.repaired(repair));
        } else {
            of(instrument).repaired(repair);
        }
    }

    /** Where the next process continues, microseconds since 1970; -1 if no trade was emitted. */
    long resumesAt() {
        long last = byInstrument.values().stream()
                .mapToLong(TradeCheck::lastMicros)
                .max()
                .orElse(-1);
        return last < 0 || !stream.isBaseCoin() ? last : Math.min(last, Math.max(began, last - UNORDERED_MICROS));
    }

    /** Ids of the emitted trades from a time on. */
    List<String> idsSince(long micros) {
        return byInstrument.values().stream()
                .flatMap(check -> check.idsSince(micros))
                .toList();
    }
}
