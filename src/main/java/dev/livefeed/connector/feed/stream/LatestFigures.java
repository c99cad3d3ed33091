package dev.livefeed.connector.feed.stream;

import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.output.LatestOutlet;
import dev.livefeed.protocol.model.MarketEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Emits the figures of each symbol when they have changed, for venues that repeat them. Beyond {@value #MAX_SYMBOLS}
 * symbols, the one that was not repeated for longest is forgotten: if it is repeated after all, it is emitted again.
 */
public final class LatestFigures {

    /** More symbols than a venue lists. */
    static final int MAX_SYMBOLS = 5_000;

    private final VenueContext context;
    private final Map<String, Last> bySymbol = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > MAX_SYMBOLS;
        }
    };

    private static final class Last {

        private final LatestOutlet outlet;
        private Object figures;

        Last(LatestOutlet outlet) {
            this.outlet = outlet;
        }
    }

    public LatestFigures(VenueContext context) {
        this.context = context;
    }

    /** Emits the event if its figures differ from the last ones of its symbol. */
    public void emit(MarketEvent event, Object figures) {
        Last last = bySymbol.computeIfAbsent(
                event.symbol(), symbol -> new Last(context.outbox().latest()));
        if (!figures.equals(last.figures)) {
            last.figures = figures;
            last.outlet.emit(event);
        }
    }
}
