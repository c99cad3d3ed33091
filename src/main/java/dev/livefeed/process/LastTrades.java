package dev.livefeed.process;

import dev.livefeed.event.NewestTrade;
import dev.livefeed.event.Times;
import dev.livefeed.event.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Up to where the trades of each symbol have come. So a process that follows another can be told where to go on: what was traded
 * while none ran would otherwise be lost in silence. And a trade that is behind a newer one can be marked as late. One writer,
 * any readers.
 */
public final class LastTrades {

    private static final int MAX_SYMBOLS = 5_000;
    /** A command line may have 64 KiB. */
    private static final int MAX_ID_CHARS = 48_000;

    private static final long NONE = Long.MIN_VALUE;

    private final ConcurrentMap<String, Last> bySymbol = new ConcurrentHashMap<>();
    private volatile Consumer<String> listener = symbol -> {};

    /** The newest time of a symbol's trades, and all its trades of that time: a sweep has many. */
    private static final class Last {

        private final NewestTrade newest = new NewestTrade();
        private final List<String> ids = new ArrayList<>();
        private long micros = NONE;
        private int chars;
        private long late;

        synchronized Trade take(Trade trade) {
            note(trade);
            Trade taken = newest.take(trade);
            if (taken.late()) {
                late++;
            }
            return taken;
        }

        private void note(Trade trade) {
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

        synchronized void reach(long knownMicros) {
            newest.reach(knownMicros);
        }

        synchronized void forgetAfter(long nowMicros) {
            newest.forgetAfter(nowMicros);
            if (micros > nowMicros) {
                micros = NONE;
                ids.clear();
                chars = 0;
            }
        }

        synchronized long late() {
            return late;
        }

        synchronized Map<String, Object> fields() {
            if (micros == NONE) {
                return Map.of();
            }
            if (chars > MAX_ID_CHARS) {
                return Map.of("since", Times.instant(micros + 1_000).toString(), "known", List.of());
            }
            return Map.of("since", Times.instant(micros).toString(), "known", List.copyOf(ids));
        }
    }

    /** One listener, told of each symbol that is new here; set before the first. */
    public void onSymbol(Consumer<String> newListener) {
        listener = newListener;
    }

    /** Trades of that symbol will come, of which those up to this time are known from an earlier run; -1 where none are. */
    public void expect(String symbol, long knownMicros) {
        Last last = of(symbol);
        if (last != null && knownMicros >= 0) {
            last.reach(knownMicros);
        }
    }

    /** A trade has come. Returns it, marked where it is late; beyond {@value #MAX_SYMBOLS} symbols nothing is marked. */
    public Trade take(Trade trade) {
        Last last = of(trade.symbol());
        return last == null ? trade : last.take(trade);
    }

    private Last of(String symbol) {
        Last last = bySymbol.get(symbol);
        if (last == null && bySymbol.size() < MAX_SYMBOLS) {
            last = bySymbol.computeIfAbsent(symbol, any -> new Last());
            listener.accept(symbol);
        }
        return last;
    }

    /** Time has stepped back to here: what is known beyond it was wrong. */
    public void forgetAfter(long nowMicros) {
        bySymbol.values().forEach(last -> last.forgetAfter(nowMicros));
    }

    /** How many trades of the symbol came behind a newer one. */
    public long late(String symbol) {
        Last last = bySymbol.get(symbol);
        return last == null ? 0 : last.late();
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
