package dev.livefeed.app.paper;

import dev.livefeed.app.market.BookState;
import dev.livefeed.app.market.BookView;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** A book set level by level by tests, and the event clock. */
final class PaperMarket implements Books {

    final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>();
    final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    final int depth;
    long now = 1_700_000_000_000_000L;
    boolean synced = true;
    OrderRules rules = OrderRules.NONE;

    PaperMarket(int depth) {
        this.depth = depth;
    }

    PaperMarket bid(String price, String qty) {
        bids.put(new BigDecimal(price), new BigDecimal(qty));
        return this;
    }

    PaperMarket ask(String price, String qty) {
        asks.put(new BigDecimal(price), new BigDecimal(qty));
        return this;
    }

    @Override
    public BookView book(InstrumentId instrument, int most) {
        return new BookView(
                instrument,
                depth,
                synced ? BookState.SYNCED : BookState.STALE,
                synced ? null : "gap",
                new BookView.LastUpdate(1, now, 0),
                synced ? top(bids.descendingMap()) : Levels.EMPTY,
                synced ? top(asks) : Levels.EMPTY);
    }

    private Levels top(Map<BigDecimal, BigDecimal> side) {
        Levels.Builder levels = new Levels.Builder();
        side.entrySet().stream().limit(depth).forEach(level -> levels.add(level.getKey(), level.getValue()));
        return levels.build();
    }

    @Override
    public boolean synced(InstrumentId instrument) {
        return synced;
    }

    @Override
    public OrderRules rules(InstrumentId instrument) {
        return rules;
    }
}
