package dev.livefeed.web;

import dev.livefeed.process.LastTrades;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Counts the trades that come behind newer ones, as a Prometheus series for each symbol. */
public final class LateTradeMeters {

    private final LastTrades lastTrades;
    private final List<String> symbols;

    /** @param symbols whose series are there from the start, at zero */
    public LateTradeMeters(LastTrades lastTrades, List<String> symbols) {
        this.lastTrades = lastTrades;
        this.symbols = symbols;
    }

    /** Registers the series. To be called once, before the first event. */
    public void bind(MeterRegistry registry) {
        lastTrades.onSymbol(symbol -> bind(registry, symbol));
        symbols.forEach(symbol -> bind(registry, symbol));
    }

    private void bind(MeterRegistry registry, String symbol) {
        FunctionCounter.builder("livefeed.late.trades", lastTrades, trades -> trades.late(symbol))
                .description("Trades that came behind a newer one of their symbol")
                .tag("symbol", symbol)
                .register(registry);
    }
}
