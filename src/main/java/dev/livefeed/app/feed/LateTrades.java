package dev.livefeed.app.feed;

import dev.livefeed.protocol.codec.NewestTrade;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** Marks the trades that come behind a newer one of their symbol, and counts them. One writer, any readers. */
public final class LateTrades {

    private static final int MAX_SYMBOLS = 2_000;

    private final ConcurrentMap<InstrumentId, Newest> bySymbol = new ConcurrentHashMap<>();
    private volatile Consumer<InstrumentId> listener = instrument -> {};

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

    /** One listener, called with each symbol that is new here; set before the first trade. */
    public void onSymbol(Consumer<InstrumentId> newListener) {
        listener = newListener;
    }

    /**
     * Trades of that symbol will come, of which those up to this time are known from an earlier run; -1 where none
     * are.
     */
    public void expect(InstrumentId instrument, long knownMicros) {
        Newest newest = of(instrument);
        if (newest != null && knownMicros >= 0) {
            newest.reach(knownMicros);
        }
    }

    /** Returns the trade, marked where it is late; beyond {@value #MAX_SYMBOLS} symbols nothing is marked. */
    public Trade take(Trade trade) {
        Newest newest = of(trade.instrument());
        return newest == null ? trade : newest.take(trade);
    }

    private Newest of(InstrumentId instrument) {
        Newest newest = bySymbol.get(instrument);
        if (newest == null && bySymbol.size() < MAX_SYMBOLS) {
            newest = bySymbol.computeIfAbsent(instrument, any -> new Newest());
            listener.accept(instrument);
        }
        return newest;
    }

    /** Time has stepped back to here: what is known beyond it was wrong. */
    public void forgetAfter(long nowMicros) {
        bySymbol.values().forEach(newest -> newest.forgetAfter(nowMicros));
    }

    /** How many trades of the symbol came behind a newer one. */
    public long late(InstrumentId instrument) {
        Newest newest = bySymbol.get(instrument);
        return newest == null ? 0 : newest.late();
    }
}
