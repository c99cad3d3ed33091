package dev.livefeed.connector.feed.stream;

import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.output.LatestOutlet;
import dev.livefeed.protocol.model.MarketEvent;
import java.util.HashMap;
import java.util.Map;

/** Emits the figures of each symbol when they have changed, for venues that repeat them. */
public final class LatestFigures {

    /** More symbols than a venue lists; those beyond are left out. */
    private static final int MAX_SYMBOLS = 5_000;

    private final VenueContext context;
    private final Map<String, Last> bySymbol = new HashMap<>();

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
        Last last = bySymbol.get(event.symbol());
        if (last == null) {
            if (bySymbol.size() >= MAX_SYMBOLS) {
                return;
            }
            last = new Last(context.outbox().latest());
            bySymbol.put(event.symbol(), last);
        }
        if (!figures.equals(last.figures)) {
            last.figures = figures;
            last.outlet.emit(event);
        }
    }
}
