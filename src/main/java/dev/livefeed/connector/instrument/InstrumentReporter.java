package dev.livefeed.connector.instrument;

import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.status.Delisting;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.InstrumentInfo.OrderBounds;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reports the listed data of each subscribed symbol: once, and on every change. */
public final class InstrumentReporter {

    private static final int MOST = 10_000;

    private final VenueContext context;
    private final InstrumentDirectory directory;
    private final Map<String, ListedInstrument> said = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ListedInstrument> eldest) {
            return size() > MOST;
        }
    };

    public InstrumentReporter(VenueContext context, InstrumentDirectory directory) {
        this.context = context;
        this.directory = directory;
    }

    /** Reports the symbol if its data has changed. */
    public void report(VenueCategory category, String symbol) {
        ListedInstrument now = directory.of(category, symbol);
        String key = category.text() + '/' + symbol;
        ListedInstrument before = said.get(key);
        if (now == null) {
            if (before != null && directory.gone(category, symbol)) {
                said.remove(key);
                context.outbox().status(delisting(category, symbol, "the venue does not list it any more", null));
            }
            return;
        }
        if (now.equals(before)) {
            return;
        }
        said.put(key, now);
        context.outbox().status(listed(category, now));
        if (now.delisting() && (before == null || before.deliveryMillis() != now.deliveryMillis())) {
            context.outbox()
                    .status(delisting(
                            category, symbol, "the venue has set the delisting time of this contract", time(now)));
        }
    }

    private Status listed(VenueCategory category, ListedInstrument instrument) {
        String reason = instrument.trading() ? null : "it is listed, but not trading: " + instrument.tradingStatus();
        ListedInstrument.OrderLimits limits = instrument.limits();
        return new InstrumentInfo(
                head(instrument.symbol(), reason),
                category.text(),
                instrument.tradingStatus(),
                instrument.phase().toString(),
                instrument.tickSize(),
                new OrderBounds(
                        limits.qtyStep(), limits.minQty(), limits.maxQty(), limits.maxMarketQty(), limits.minValue()),
                instrument.deliveryMillis() == 0 ? null : time(instrument));
    }

    private Status delisting(VenueCategory category, String symbol, String reason, String end) {
        return new Delisting(head(symbol, reason), category.text(), null, null, OrderBounds.NONE, end);
    }

    private Head head(String symbol, String reason) {
        return Head.of(context.connector(), symbol, null, reason);
    }

    private static String time(ListedInstrument instrument) {
        return Instant.ofEpochMilli(instrument.deliveryMillis()).toString();
    }
}
