package dev.livefeed.app.feed;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Subscribed;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the last trades of each subscription. A new connector process resumes from there and fetches the trades that
 * were missed while none was running. One writer, any readers.
 *
 * <p>A subscription may stand for several instruments: a trade of {@code BTC-27NOV26-70000-C} belongs to the
 * subscription of that contract if there is one, otherwise to the one of {@code BTC}.
 */
public final class LastTrades {

    /** A command line is limited to 64 KiB. */
    private static final int MAX_ID_CHARS = 48_000;

    /** Trades of several instruments may arrive out of order by this much. */
    private static final long UNORDERED_MICROS = 2_000_000;

    private static final long NONE = -1;

    private final Map<InstrumentId, Last> bySubscription = new ConcurrentHashMap<>();

    /** @param symbols the subscribed symbols */
    public LastTrades(Collection<InstrumentId> symbols) {
        symbols.forEach(instrument -> bySubscription.put(instrument, new Last()));
    }

    /** The newest trades of one subscription. */
    private static final class Last {

        private record Known(String id, long micros) {}

        private final Deque<Known> newest = new ArrayDeque<>();
        private long began = NONE;
        private long micros = NONE;

        /** Ids of this time and earlier have been dropped because of the limit. */
        private long dropped = NONE;

        private long unordered;
        private int chars;

        synchronized void began(long at) {
            if (began == NONE) {
                began = at;
            }
        }

        synchronized void trade(Trade trade, boolean oneOfSeveral) {
            long at = trade.timestampMicros();
            if (oneOfSeveral) {
                unordered = UNORDERED_MICROS;
            }
            if (at < micros - unordered) {
                return;
            }
            micros = Math.max(micros, at);
            while (!newest.isEmpty() && newest.peek().micros() < micros - unordered) {
                chars -= size(newest.poll());
            }
            Known known = new Known(trade.id(), at);
            newest.add(known);
            chars += size(known);
            while (chars > MAX_ID_CHARS) {
                Known oldest = newest.poll();
                dropped = Math.max(dropped, oldest.micros());
                chars -= size(oldest);
            }
        }

        private static int size(Known known) {
            return known.id().length() + 3;
        }

        synchronized void forgetAfter(long nowMicros) {
            if (micros <= nowMicros) {
                return;
            }
            newest.clear();
            chars = 0;
            micros = NONE;
            dropped = NONE;
            if (began > nowMicros) {
                began = NONE;
            }
        }

        synchronized Map<String, Object> fields() {
            if (micros == NONE) {
                return began == NONE
                        ? Map.of()
                        : Map.of("since", Times.instant(began).toString(), "known", List.of());
            }
            // If a single time has more trades than fit, more trades follow it than one page of the exchange holds.
            long since = Math.max(Math.max(began, dropped == NONE ? 0 : dropped + 1_000), micros - unordered);
            long from = Math.min(since, micros);
            List<String> ids = newest.stream()
                    .filter(known -> known.micros() >= from)
                    .map(Known::id)
                    .toList();
            return Map.of("since", Times.instant(from).toString(), "known", ids);
        }
    }

    /** Handles a confirmed subscription. Its {@code since} time applies until the first trade arrives. */
    void subscribed(InstrumentId instrument, Subscribed status) {
        Last last = instrument == null ? null : bySubscription.get(instrument);
        if (last != null && "trades".equals(status.channel()) && status.since() != null) {
            try {
                last.began(Math.max(0, Times.micros(status.since())));
            } catch (ArithmeticException e) {
                // The time is out of range: ignored.
            }
        }
    }

    /** Called when time steps back: drops what is later than the given time. */
    public void forgetAfter(long nowMicros) {
        bySubscription.values().forEach(last -> last.forgetAfter(nowMicros));
    }

    /** Keeps those of a further subscription. */
    void add(InstrumentId instrument) {
        bySubscription.putIfAbsent(instrument, new Last());
    }

    /** Keeps those of a subscription no longer. */
    void remove(InstrumentId instrument) {
        bySubscription.remove(instrument);
    }

    /** Forgets the trades of an instrument that has ended. */
    public void release(InstrumentId instrument) {
        bySubscription.computeIfPresent(instrument, (key, last) -> new Last());
    }

    public void trade(Trade trade) {
        InstrumentId instrument = trade.instrument();
        Last last = bySubscription.get(instrument);
        if (last != null) {
            last.trade(trade, false);
            return;
        }
        int dash = instrument.symbol().indexOf('-');
        Last all = dash < 0
                ? null
                : bySubscription.get(InstrumentId.of(
                        instrument.venue(),
                        instrument.category(),
                        instrument.symbol().substring(0, dash)));
        if (all != null) {
            all.trade(trade, true);
        }
    }

    /**
     * The fields of a subscribe command that say where to resume: {@code since}, the time of the last trade, and {@code
     * known}, the ids of the trades since then. Empty if nothing was subscribed yet.
     */
    Map<String, Object> fields(InstrumentId instrument) {
        Last last = bySubscription.get(instrument);
        return last == null ? Map.of() : last.fields();
    }
}
