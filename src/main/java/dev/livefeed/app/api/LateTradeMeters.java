package dev.livefeed.app.api;

import dev.livefeed.app.feed.LateTrades;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** Counts the trades that come behind newer ones, as a Prometheus series for each symbol. */
public final class LateTradeMeters implements MeterBinder {

    private final LateTrades lateTrades;
    private final List<String> symbols;

    /** @param symbols whose series are there from the start, at zero */
    public LateTradeMeters(LateTrades lateTrades, List<String> symbols) {
        this.lateTrades = lateTrades;
        this.symbols = symbols;
    }

    /** Registers the series. To be called once, before the first event. */
    @Override
    public void bindTo(MeterRegistry registry) {
        lateTrades.onSymbol(symbol -> bind(registry, symbol));
        symbols.forEach(symbol -> bind(registry, symbol));
    }

    private void bind(MeterRegistry registry, String symbol) {
        FunctionCounter.builder("livefeed.late.trades", lateTrades, trades -> trades.late(symbol))
                .description("Trades that came behind a newer one of their symbol")
                .tag("symbol", symbol)
                .register(registry);
    }
}
