package dev.livefeed.bench;

import dev.livefeed.event.Depth;
import dev.livefeed.event.Trade;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step that is added behind the market in the routes: counts what comes there. */
public final class Probe implements Processor {

    private static final int ID_DIGITS = PreparedFeed.NUMBER_DIGITS;

    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Depth depth) {
            One.INSTANCE.depth(depth);
        } else {
            One.INSTANCE.trade((Trade) body);
        }
    }

    /** Trades and depth come on one thread and are counted together; made with the first event. */
    private static final class One {

        static final One INSTANCE = new One();

        private final EventCount count = new EventCount(ProbeFile.ofThisProcess());
        private final Map<String, long[]> lastUpdates = new HashMap<>();

        void trade(Trade trade) {
            String id = trade.id();
            count.trade(Long.parseLong(id, id.length() - ID_DIGITS, id.length(), 10), trade.seq());
        }

        void depth(Depth depth) {
            long[] last = lastUpdates.get(depth.symbol());
            if (last == null) {
                last = new long[] {-1};
                lastUpdates.put(depth.symbol(), last);
            }
            count.depth(depth.snapshot(), last[0], depth.prevUpdateId(), depth.lastUpdateId());
            last[0] = depth.lastUpdateId();
        }
    }
}
