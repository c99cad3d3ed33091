package dev.livefeed.process;

import dev.livefeed.event.Times;
import dev.livefeed.event.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Up to where the trades of each symbol have come, so that a process that follows another can be told where to go on: what was
 * traded while none ran would otherwise be lost in silence. One writer, any readers.
 */
public final class LastTrades {

    private static final int MAX_SYMBOLS = 5_000;
    /** A command line may have 64 KiB. */
    private static final int MAX_ID_CHARS = 48_000;

    private final ConcurrentMap<String, Last> bySymbol = new ConcurrentHashMap<>();

    /** The newest time of a symbol's trades, and all its trades of that time: a sweep has many. */
    private static final class Last {

        private final List<String> ids = new ArrayList<>();
        private long micros = Long.MIN_VALUE;
        private int chars;

        synchronized void trade(Trade trade) {
            long at = trade.timestampMicros();
            if (at < micros) {
                return;
            }
            if (at > micros) {
                micros = at;
                ids.clear();
                chars = 0;
            }
            chars += trade.id().length() + 3;
            if (chars <= MAX_ID_CHARS) {
                ids.add(trade.id());
            }
        }

        synchronized Map<String, Object> fields() {
            if (chars > MAX_ID_CHARS) {
                return Map.of("since", Times.instant(micros + 1_000).toString(), "known", List.of());
            }
            return Map.of("since", Times.instant(micros).toString(), "known", List.copyOf(ids));
        }
    }

    /** A trade has come. */
    public void trade(Trade trade) {
        Last last = bySymbol.get(trade.symbol());
        if (last == null) {
            if (bySymbol.size() >= MAX_SYMBOLS) {
                return;
            }
            last = bySymbol.computeIfAbsent(trade.symbol(), symbol -> new Last());
        }
        last.trade(trade);
    }

    /**
     * The fields of a subscribe command that say where to go on: {@code since}, the time of the last trade, and {@code known}, the
     * ids of the trades of that time. Empty where there was no trade.
     */
    Map<String, Object> fields(String symbol) {
        Last last = bySymbol.get(symbol);
        return last == null ? Map.of() : last.fields();
    }
}
