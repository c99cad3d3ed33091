package dev.livefeed.app.backfill;

import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Periods in which trades of the running feed may be missing, at most one per symbol. Candles are requested once the
 * feed is back and the last minute of the period has been settled. Thread-safe.
 */
public final class MissingTrades {

    /** Time after the end of a period for its last minute to end and the exchange to settle the candle. */
    static final long WAIT_MILLIS = 90_000;

    private static final int ATTEMPTS = 5;

    private final Set<InstrumentId> symbols;
    private final LongSupplier millis;
    private final Map<InstrumentId, Period> open = new TreeMap<>();
    private int filled;
    private int givenUp;

    /**
     * Number of periods.
     *
     * @param open candles are not received yet
     * @param filled candles were received, whether or not minutes were missing
     * @param givenUp candles could not be received
     */
    public record Counts(int open, int filled, int givenUp) {

        /** The sum of those of several sources. */
        public static Counts sum(List<Counts> all) {
            return new Counts(
                    all.stream().mapToInt(Counts::open).sum(),
                    all.stream().mapToInt(Counts::filled).sum(),
                    all.stream().mapToInt(Counts::givenUp).sum());
        }
    }

    /**
     * A period from a given time to the time of the request.
     *
     * @param fromMillis start, milliseconds since 1970
     * @param dueAt earliest time of the request on the monotonic clock; {@link Long#MAX_VALUE} while the feed is down
     */
    record Period(InstrumentId instrument, long fromMillis, long dueAt, int attempt) {}

    /**
     * @param symbols other symbols are ignored
     * @param millis monotonic clock, milliseconds
     */
    MissingTrades(List<InstrumentId> symbols, LongSupplier millis) {
        this.symbols = new HashSet<>(symbols);
        this.millis = millis;
    }

    /** Takes care of a further symbol. */
    synchronized void add(InstrumentId instrument) {
        symbols.add(instrument);
    }

    /** Takes care of a symbol no longer. */
    synchronized void remove(InstrumentId instrument) {
        symbols.remove(instrument);
        open.remove(instrument);
    }

    /** The feed of the symbol is lost since its last trade at the given time. */
    synchronized void lost(InstrumentId instrument, long fromMillis) {
        put(instrument, fromMillis, Long.MAX_VALUE);
    }

    /** The feed of the symbol works again. */
    synchronized void restored(InstrumentId instrument) {
        Period period = open.get(instrument);
        if (period != null && period.dueAt() == Long.MAX_VALUE) {
            open.put(instrument, new Period(instrument, period.fromMillis(), millis.getAsLong() + WAIT_MILLIS, 0));
        }
    }

    /** Trades between the given time and now may be missing; the feed works. */
    synchronized void suspect(InstrumentId instrument, long fromMillis) {
        put(instrument, fromMillis, millis.getAsLong() + WAIT_MILLIS);
    }

    private void put(InstrumentId instrument, long fromMillis, long dueAt) {
        if (symbols.contains(instrument)) {
            Period period = open.get(instrument);
            long from = period == null ? fromMillis : Math.min(fromMillis, period.fromMillis());
            open.put(
                    instrument,
                    new Period(instrument, from, period == null ? dueAt : Math.max(dueAt, period.dueAt()), 0));
        }
    }

    /** Periods whose candles can be requested now. */
    synchronized List<Period> due() {
        long now = millis.getAsLong();
        List<Period> due = new ArrayList<>();
        for (Period period : open.values()) {
            if (period.dueAt() <= now) {
                due.add(period);
            }
        }
        return due;
    }

    /** The candles of the period were received; it stays open if it was extended meanwhile. */
    synchronized void done(Period period) {
        filled += open.remove(period.instrument(), period) ? 1 : 0;
    }

    /** The candles of the period could not be received. Returns whether it is retried later. */
    synchronized boolean failed(Period period) {
        if (open.get(period.instrument()) != period) {
            return true;
        }
        if (period.attempt() + 1 == ATTEMPTS) {
            open.remove(period.instrument());
            givenUp++;
            return false;
        }
        open.put(
                period.instrument(),
                new Period(
                        period.instrument(),
                        period.fromMillis(),
                        millis.getAsLong() + WAIT_MILLIS,
                        period.attempt() + 1));
        return true;
    }

    synchronized Counts counts() {
        return new Counts(open.size(), filled, givenUp);
    }
}
