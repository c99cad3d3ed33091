package dev.livefeed.app.metrics;

import dev.livefeed.app.feed.LateTrades;
import dev.livefeed.protocol.model.InstrumentId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** Counts late trades, as one Prometheus series per symbol. */
public final class LateTradeMeters implements MeterBinder {

    private final LateTrades lateTrades;
    private final List<InstrumentId> symbols;

    /** @param symbols those whose series exist from the start, with the value 0 */
    public LateTradeMeters(LateTrades lateTrades, List<InstrumentId> symbols) {
        this.lateTrades = lateTrades;
        this.symbols = symbols;
    }

    /** Registers the metric. Must be called once, before the first event. */
    @Override
    public void bindTo(MeterRegistry registry) {
        lateTrades.onSymbol(instrument -> bind(registry, instrument));
        lateTrades.onRelease(instrument -> registry.find("livefeed.late.trades")
                .tags(InstrumentTags.of(instrument))
                .meters()
                .forEach(registry::remove));
        symbols.forEach(instrument -> bind(registry, instrument));
    }

    private void bind(MeterRegistry registry, InstrumentId instrument) {
        FunctionCounter.builder("livefeed.late.trades", lateTrades, trades -> trades.late(instrument))
                .description("Trades that arrived after a newer one of their symbol")
                .tags(InstrumentTags.of(instrument))
                .register(registry);
    }
}
