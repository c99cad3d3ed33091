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
 * Up to where the trades of each subscription have come, so that a process that follows another can be told where to
 * go on: what was traded while none ran would otherwise be lost in silence. One writer, any readers.
 *
 * <p>A subscription may stand for several instruments: the trades of {@code BTC-27NOV26-70000-C} belong to that
 * contract's own subscription, else to the one of {@code BTC}.
 */
public final class LastTrades {

    /** A command line may have 64 KiB. */
    private static final int MAX_ID_CHARS = 48_000;

    /** Trades of several instruments need not come in the order of their times. */
    private static final long UNORDERED_MICROS = 2_000_000;

    private static final long NONE = -1;

    private final Map<InstrumentId, Last> bySubscription = new ConcurrentHashMap<>();

    /** @param symbols that are subscribed */
    public LastTrades(Collection<InstrumentId> symbols) {
        symbols.forEach(instrument -> bySubscription.put(instrument, new Last()));
    }

    /** The newest trades of one subscription. */
    private static final class Last {

        private record Known(String id, long micros) {}

        private final Deque<Known> newest = new ArrayDeque<>();
        private long began = NONE;
        private long micros = NONE;

        /** Of that time and before, ids have been dropped for want of room. */
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
            // Where one time has more trades than have room, the newest are more than a list of the venue shows.
            long since = Math.max(Math.max(began, dropped == NONE ? 0 : dropped + 1_000), micros - unordered);
            long from = Math.min(since, micros);
            List<String> ids = newest.stream()
                    .filter(known -> known.micros() >= from)
                    .map(Known::id)
                    .toList();
            return Map.of("since", Times.instant(from).toString(), "known", ids);
        }
    }

    /** A subscription works: where it says from when on it tells trades, that holds until the first of them. */
    void subscribed(InstrumentId instrument, Subscribed status) {
        Last last = instrument == null ? null : bySubscription.get(instrument);
        if (last != null && "trades".equals(status.channel()) && status.since() != null) {
            try {
                last.began(Math.max(0, Times.micros(status.since())));
            } catch (ArithmeticException e) {
                // Out of range: then nothing is known, as before.
            }
        }
    }

    /** Time has stepped back to here: what is known beyond it was wrong. */
    public void forgetAfter(long nowMicros) {
        bySubscription.values().forEach(last -> last.forgetAfter(nowMicros));
    }

    /** A trade has come. */
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
     * The fields of a subscribe command that say where to go on: {@code since}, the time of the last trade, and
     * {@code known}, the ids of the trades from that time on. Empty where nothing was subscribed yet.
     */
    Map<String, Object> fields(InstrumentId instrument) {
        Last last = bySubscription.get(instrument);
        return last == null ? Map.of() : last.fields();
    }
}
