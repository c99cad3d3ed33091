package dev.livefeed.connector.bybit.instrument;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.protocol.status.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says of each subscribed symbol what the venue lists of it: once, and again when it changes. */
public final class InstrumentReporter {

    private static final int MOST = 10_000;

    private final FeedContext context;
    private final InstrumentDirectory catalogue;
    private final Map<String, ListedInstrument> said = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ListedInstrument> eldest) {
            return size() > MOST;
        }
    };

    public InstrumentReporter(FeedContext context, InstrumentDirectory catalogue) {
        this.context = context;
        this.catalogue = catalogue;
    }

    /** Says what is new of the symbol, if anything is. */
    public void tell(Category category, String symbol) {
        ListedInstrument now = catalogue.of(category, symbol);
        String key = category.text() + '/' + symbol;
        ListedInstrument before = said.get(key);
        if (now == null) {
            if (before != null && catalogue.gone(category, symbol)) {
                said.remove(key);
                context.outbox().status(status("delisting", category, symbol, "the venue lists it no longer"));
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
                    .status(status("delisting", category, symbol, "the venue has set the end of this contract")
                            .with("delivery_time", time(now)));
        }
    }

    private Status listed(Category category, ListedInstrument instrument) {
        String reason = instrument.trading() ? null : "it is listed, but not trading: " + instrument.tradingStatus();
        Status listed = status("instrument", category, instrument.symbol(), reason)
                .with("trading_status", instrument.tradingStatus());
        ListedInstrument.OrderLimits limits = instrument.limits();
        listed = with(listed, "tick_size", instrument.tickSize());
        listed = with(listed, "qty_step", limits.qtyStep());
        listed = with(listed, "min_qty", limits.minQty());
        listed = with(listed, "max_qty", limits.maxQty());
        listed = with(listed, "max_market_qty", limits.maxMarketQty());
        listed = with(listed, "min_value", limits.minValue());
        return instrument.deliveryMillis() == 0 ? listed : listed.with("delivery_time", time(instrument));
    }

    private static Status with(Status status, String field, String value) {
        return value == null ? status : status.with(field, value);
    }

    private Status status(String status, Category category, String symbol, String reason) {
        return new Status(status, context.outbox().connector(), symbol, null, null, reason, Map.of())
                .with("category", category.text());
    }

    private static String time(ListedInstrument instrument) {
        return Instant.ofEpochMilli(instrument.deliveryMillis()).toString();
    }
}
