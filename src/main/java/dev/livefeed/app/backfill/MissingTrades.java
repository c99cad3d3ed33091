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
 * Where trades may be missing while the program runs: at most one hole a symbol, from the earliest moment that is in
 * doubt. Candles are asked for when the feed is back and the last minute in doubt is over. Any thread.
 */
public final class MissingTrades {

    /** From the end of the doubt: the minute ends, late trades come, the exchange has settled its candle. */
    static final long WAIT_MILLIS = 90_000;

    private static final int ATTEMPTS = 5;

    private final Set<InstrumentId> symbols;
    private final LongSupplier millis;
    private final Map<InstrumentId, Hole> open = new TreeMap<>();
    private int filled;
    private int givenUp;

    /**
     * How many there are.
     *
     * @param open wait for their candles
     * @param filled were asked for, whatever was found
     * @param givenUp could not be asked for
     */
    public record Counts(int open, int filled, int givenUp) {}

    /**
     * A hole.
     *
     * @param fromMillis since 1970
     * @param dueAt by the clock that never goes back; the greatest number while the feed is down
     */
    record Hole(InstrumentId instrument, long fromMillis, long dueAt, int attempt) {}

    /**
     * @param symbols others have no holes
     * @param millis a clock that never goes back, milliseconds
     */
    MissingTrades(List<InstrumentId> symbols, LongSupplier millis) {
        this.symbols = new HashSet<>(symbols);
        this.millis = millis;
    }

    /** The feed of the symbol is lost; its last trade is of that time. */
    synchronized void lost(InstrumentId instrument, long fromMillis) {
        put(instrument, fromMillis, Long.MAX_VALUE);
    }

    /** The feed of the symbol is there again. */
    synchronized void back(InstrumentId instrument) {
        Hole hole = open.get(instrument);
        if (hole != null && hole.dueAt() == Long.MAX_VALUE) {
            open.put(instrument, new Hole(instrument, hole.fromMillis(), millis.getAsLong() + WAIT_MILLIS, 0));
        }
    }

    /** Trades from that time to now may be missing, and the feed is there. */
    synchronized void doubt(InstrumentId instrument, long fromMillis) {
        put(instrument, fromMillis, millis.getAsLong() + WAIT_MILLIS);
    }

    private void put(InstrumentId instrument, long fromMillis, long dueAt) {
        if (symbols.contains(instrument)) {
            Hole hole = open.get(instrument);
            long from = hole == null ? fromMillis : Math.min(fromMillis, hole.fromMillis());
            open.put(instrument, new Hole(instrument, from, hole == null ? dueAt : Math.max(dueAt, hole.dueAt()), 0));
        }
    }

    /** Holes that candles may be asked for now. */
    synchronized List<Hole> due() {
        long now = millis.getAsLong();
        List<Hole> due = new ArrayList<>();
        for (Hole hole : open.values()) {
            if (hole.dueAt() <= now) {
                due.add(hole);
            }
        }
        return due;
    }

    /** Candles were had for it; it stays open where it has changed meanwhile. */
    synchronized void done(Hole hole) {
        filled += open.remove(hole.instrument(), hole) ? 1 : 0;
    }

    /** No candles were had for it: later again, or never. Returns whether it is later. */
    synchronized boolean failed(Hole hole) {
        if (open.get(hole.instrument()) != hole) {
            return true;
        }
        if (hole.attempt() + 1 == ATTEMPTS) {
            open.remove(hole.instrument());
            givenUp++;
            return false;
        }
        open.put(
                hole.instrument(),
                new Hole(hole.instrument(), hole.fromMillis(), millis.getAsLong() + WAIT_MILLIS, hole.attempt() + 1));
        return true;
    }

    synchronized Counts counts() {
        return new Counts(open.size(), filled, givenUp);
    }
}
