package dev.livefeed.bench;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import java.util.HashMap;
import java.util.Map;

/** Counts market events by the numbers that the feed writes into them, and trades reported as lost. Not thread-safe. */
final class Arrivals {

    private static final int ID_DIGITS = PreparedFeed.NUMBER_DIGITS;

    private final EventCount count;
    private final Map<String, long[]> lastUpdates = new HashMap<>();

    Arrivals(EventCount count) {
        this.count = count;
    }

    /** Counts an event; anything but trades, depth and gaps is ignored. */
    void event(Event event) {
        if (event instanceof Depth depth) {
            depth(depth);
        } else if (event instanceof Trade trade) {
            String id = trade.id();
            count.trade(Long.parseLong(id, id.length() - ID_DIGITS, id.length(), 10), trade.seq());
        } else if (event instanceof Gap gap) {
            gap(gap);
        }
    }

    /** Under load the connector knows how many trades it has lost; a gap without a number has another reason. */
    private void gap(Gap gap) {
        if ("trades".equals(gap.channel()) && gap.count() != null) {
            count.lost(gap.count());
        } else {
            count.fault();
        }
    }

    private void depth(Depth depth) {
        long[] last = lastUpdates.get(depth.symbol());
        if (last == null) {
            last = new long[] {-1};
            lastUpdates.put(depth.symbol(), last);
        }
        count.depth(depth.snapshot(), last[0], depth.prevUpdateId(), depth.lastUpdateId());
        last[0] = depth.lastUpdateId();
    }
}
