package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.api.response.strategy.CandlesResponse;
import dev.livefeed.app.api.response.strategy.DiagnosticsResponse;
import dev.livefeed.app.api.response.strategy.ListenerBody;
import dev.livefeed.app.api.response.strategy.SessionsBody;
import dev.livefeed.app.api.response.strategy.StrategyMetricsResponse;
import dev.livefeed.app.api.response.strategy.StrategyStatusResponse;
import dev.livefeed.app.paper.JournalEntry;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.app.strategy.Regime;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.Timeframe;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code GET /strategy/…} except the paper account: status, metrics, candles, diagnostics. */
public final class StrategyApi {

    private final Strategies strategies;
    private final InstrumentParameter parameter;
    private final BooleanSupplier synthetic;

    /**
     * @param parameter resolves the symbol of a request
     * @param synthetic whether the data is not from a real exchange
     */
    public StrategyApi(Strategies strategies, InstrumentParameter parameter, BooleanSupplier synthetic) {
        this.strategies = strategies;
        this.parameter = parameter;
        this.synthetic = synthetic;
    }

    /**
     * State of the strategies: whether they receive events and may trade, why not, their routes, sessions and
     * regimes.
     */
    public StrategyStatusResponse status() {
        Map<String, String> regimes = new LinkedHashMap<>();
        for (InstrumentId instrument : strategies.symbols()) {
            Regime regime = strategies.regime(instrument);
            regimes.put(name(instrument), regime == null ? Regime.UNKNOWN : regime.kind());
        }
        long now = strategies.clock().now();
        return new StrategyStatusResponse(
                trading(),
                now < 0 ? null : Times.instant(now),
                strategies.queues().lockstep(),
                timeframes(),
                SessionsBody.of(strategies.sessions()),
                regimes,
                listeners());
    }

    private StrategyStatusResponse.Trading trading() {
        PaperBroker broker = strategies.broker();
        JournalEntry.State account = broker.state();
        List<String> reasons = new ArrayList<>();
        String state = "running";
        if (account.halted() != null) {
            state = "halted";
            reasons.add(account.halted());
        }
        if (account.paused() != null) {
            state = "paused";
            reasons.add(account.paused());
        }
        if (strategies.unavailable() != null) {
            state = "waiting";
            reasons.add(strategies.unavailable());
        }
        if (broker.unavailable() != null) {
            state = "unavailable";
            reasons.add(broker.unavailable());
        }
        return new StrategyStatusResponse.Trading(state, reasons, true, synthetic.getAsBoolean());
    }

    /** Counters of the strategies. */
    public StrategyMetricsResponse metrics() {
        PaperBroker broker = strategies.broker();
        JournalEntry.State account = broker.state();
        Map<String, Long> late = new LinkedHashMap<>();
        for (InstrumentId instrument : strategies.symbols()) {
            late.put(name(instrument), strategies.late(instrument));
        }
        return new StrategyMetricsResponse(
                account.lastOrderId(),
                account.open().size(),
                broker.entries(),
                strategies.clock().steps(),
                strategies.queues().outOfStep(),
                late,
                listeners());
    }

    /**
     * The last candles of a symbol, oldest first, ending with the open one.
     *
     * @param timeframe null for the timeframe of the regime
     * @param count maximum number of candles
     */
    public CandlesResponse candles(String symbol, String timeframe, int count) throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        String frame = timeframe == null ? strategies.settings().regimeTimeframe() : timeframe;
        if (!timeframes().contains(frame)) {
            throw ApiException.bad("timeframe", frame, "one of " + String.join(", ", timeframes()));
        }
        List<Candle> candles = strategies.candles(instrument, frame, count);
        if (candles == null) {
            throw parameter.without("trade", instrument);
        }
        return new CandlesResponse(
                InstrumentBody.of(instrument),
                frame,
                synthetic.getAsBoolean(),
                candles.stream().map(CandlesResponse::item).toList());
    }

    /** The regime of a symbol with the figures behind it. */
    public DiagnosticsResponse diagnostics(String symbol) throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        if (!strategies.symbols().contains(instrument)) {
            throw parameter.without("trade", instrument);
        }
        return DiagnosticsResponse.of(
                instrument,
                synthetic.getAsBoolean(),
                strategies.settings().regimeTimeframe(),
                strategies.regime(instrument),
                SessionsBody.of(strategies.sessions()));
    }

    private String name(InstrumentId instrument) {
        return Instruments.name(instrument, strategies.symbols());
    }

    private List<String> timeframes() {
        return strategies.settings().timeframes().stream().map(Timeframe::name).toList();
    }

    private List<ListenerBody> listeners() {
        return strategies.queues().states().stream().map(ListenerBody::of).toList();
    }
}
