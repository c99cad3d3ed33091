package dev.livefeed.app.feed;

import dev.livefeed.protocol.codec.NewestTrade;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Marks and counts trades that arrive after a newer trade of their symbol. One writer, any readers. */
public final class LateTrades {

    /** More than the market keeps, so that trades of an instrument it refuses are marked as well. */
    public static final int MAX_SYMBOLS = 10_000;
    /** Instruments with a counter in the metrics. */
    static final int MAX_LISTED = 2_000;

    private final ConcurrentMap<InstrumentId, Newest> bySymbol = new ConcurrentHashMap<>();
    private final AtomicLong unmarked = new AtomicLong();
    private volatile Consumer<InstrumentId> listener = instrument -> {};
    private volatile Consumer<InstrumentId> releaseListener = instrument -> {};

    private static final class Newest {

        private final NewestTrade newest = new NewestTrade();
        private long late;

        synchronized Trade take(Trade trade) {
            Trade taken = newest.take(trade);
            if (taken.late()) {
                late++;
            }
            return taken;
        }

        synchronized void reach(long knownMicros) {
            newest.reach(knownMicros);
        }

        synchronized void forgetAfter(long nowMicros) {
            newest.forgetAfter(nowMicros);
        }

        synchronized long late() {
            return late;
        }
    }

    /** Sets the only listener, called with each symbol on its first appearance; must be set before the first trade. */
    public void onSymbol(Consumer<InstrumentId> newListener) {
        listener = newListener;
    }

    /**
     * Registers an instrument whose trades are expected.
     *
     * @param knownMicros trades up to this time are known from an earlier run; -1 if there are none
     */
    public void expect(InstrumentId instrument, long knownMicros) {
        Newest newest = of(instrument);
        if (newest != null && knownMicros >= 0) {
            newest.reach(knownMicros);
        }
    }

    /** Returns the trade, marked if it is late. Beyond {@value #MAX_SYMBOLS} instruments, a late one is not marked. */
    public Trade take(Trade trade) {
        Newest newest = of(trade.instrument());
        if (newest == null) {
            unmarked.incrementAndGet();
            return trade;
        }
        return newest.take(trade);
    }

    /** Sets the only listener that is called with each released symbol. */
    public void onRelease(Consumer<InstrumentId> newListener) {
        releaseListener = newListener;
    }

    /** Whether trades of the instrument are marked. */
    public boolean has(InstrumentId instrument) {
        return bySymbol.containsKey(instrument);
    }

    /** Gives up an instrument that has ended. */
    public void release(InstrumentId instrument) {
        if (bySymbol.remove(instrument) != null) {
            releaseListener.accept(instrument);
        }
    }

    /** Number of instruments whose trades are marked. */
    public int size() {
        return bySymbol.size();
    }

    /** Number of trades of instruments beyond the limit. */
    public long unmarked() {
        return unmarked.get();
    }

    private Newest of(InstrumentId instrument) {
        Newest newest = bySymbol.get(instrument);
        if (newest == null && bySymbol.size() < MAX_SYMBOLS) {
            newest = bySymbol.computeIfAbsent(instrument, any -> new Newest());
            if (bySymbol.size() <= MAX_LISTED) {
                listener.accept(instrument);
            }
        }
        return newest;
    }

    /** Called when time steps back: drops what is later than the given time. */
    public void forgetAfter(long nowMicros) {
        bySymbol.values().forEach(newest -> newest.forgetAfter(nowMicros));
    }

    /** Number of late trades of an instrument. */
    public long late(InstrumentId instrument) {
        Newest newest = bySymbol.get(instrument);
        return newest == null ? 0 : newest.late();
    }
}
