package dev.livefeed.app.api;

import dev.livefeed.app.paper.JournalEntry;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.app.strategy.Regime;
import dev.livefeed.app.strategy.SessionChange;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.StrategyQueueStats;
import dev.livefeed.app.strategy.Timeframe;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code GET /strategy/…} but for the paper account: status, metrics, candles, diagnostics. Decimals are text. */
public final class StrategyApi {

    private static final int MAX_CANDLES = 1_000;

    private final Strategies strategies;
    private final String defaultSymbol;
    private final BooleanSupplier synthetic;

    /**
     * @param defaultSymbol used where a request names none
     * @param synthetic whether the feed is none of a real exchange
     */
    public StrategyApi(Strategies strategies, String defaultSymbol, BooleanSupplier synthetic) {
        this.strategies = strategies;
        this.defaultSymbol = defaultSymbol;
        this.synthetic = synthetic;
    }

    /** Whether strategies are told and may trade, and why not; who listens; sessions; regimes. */
    public HttpResponse status() {
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
        if (strategies.down() != null) {
            state = "waiting";
            reasons.add(strategies.down());
        }
        if (broker.unavailable() != null) {
            state = "unavailable";
            reasons.add(broker.unavailable());
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("state", state);
        content.put("reasons", reasons);
        content.put("paper_trading", true);
        content.put("synthetic", synthetic.getAsBoolean());
        content.put("event_time", time(strategies.clock().now()));
        content.put("lockstep", strategies.inboxes().lockstep());
        content.put("timeframes", timeframes());
        content.put("sessions", sessions());
        Map<String, Object> regimes = new LinkedHashMap<>();
        for (String symbol : strategies.symbols()) {
            Regime regime = strategies.regime(symbol);
            regimes.put(symbol, regime == null ? Regime.UNKNOWN : regime.kind());
        }
        content.put("regimes", regimes);
        content.put("strategies", inboxes());
        return HttpResponse.ok(content);
    }

    /** Counts. */
    public HttpResponse metrics() {
        PaperBroker broker = strategies.broker();
        JournalEntry.State account = broker.state();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("orders", account.lastOrderId());
        content.put("open_orders", account.open().size());
        content.put("journal_entries", broker.entries());
        content.put("clock_steps_back", strategies.clock().steps());
        content.put("out_of_step", strategies.inboxes().outOfStep());
        Map<String, Object> late = new LinkedHashMap<>();
        for (String symbol : strategies.symbols()) {
            late.put(symbol, strategies.late(symbol));
        }
        content.put("late_trades", late);
        content.put("strategies", inboxes());
        return HttpResponse.ok(content);
    }

    /** The last candles of a symbol, oldest first, the open one at the end. */
    public HttpResponse candles(String symbol, String timeframe, String count) {
        String name = symbol == null ? defaultSymbol : symbol;
        if (!Symbols.valid(name)) {
            return HttpResponse.bad("symbol must be " + Symbols.RULE);
        }
        String frame = timeframe == null ? strategies.settings().regimeTimeframe() : timeframe;
        if (!timeframes().contains(frame)) {
            return HttpResponse.bad("timeframe must be one of " + String.join(", ", timeframes()));
        }
        Integer most = count(count, MAX_CANDLES);
        if (most == null) {
            return HttpResponse.bad("count must be a whole number from 1 to " + MAX_CANDLES);
        }
        List<Candle> candles = strategies.candles(name, frame, most);
        if (candles == null) {
            return HttpResponse.missing(
                    "no trade of " + name + " has been seen; the symbols are those of the setting SYMBOL");
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("symbol", name);
        content.put("timeframe", frame);
        content.put("synthetic", synthetic.getAsBoolean());
        content.put("candles", candles.stream().map(StrategyApi::candle).toList());
        return HttpResponse.ok(content);
    }

    /** The regime of a symbol with every figure it was judged by. */
    public HttpResponse diagnostics(String symbol) {
        String name = symbol == null ? defaultSymbol : symbol;
        if (!Symbols.valid(name)) {
            return HttpResponse.bad("symbol must be " + Symbols.RULE);
        }
        if (!strategies.symbols().contains(name)) {
            return HttpResponse.missing(
                    "no trade of " + name + " has been seen; the symbols are those of the setting SYMBOL");
        }
        Regime regime = strategies.regime(name);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("symbol", name);
        content.put("synthetic", synthetic.getAsBoolean());
        content.put("timeframe", strategies.settings().regimeTimeframe());
        content.put("regime", regime == null ? Regime.UNKNOWN : regime.kind());
        content.put("direction", regime == null ? "none" : regime.direction());
        content.put("confidence", regime == null ? "0" : plain(regime.confidence()));
        content.put("score", regime == null ? null : plain(regime.score()));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("efficiency", regime == null ? null : plain(regime.efficiency()));
        figures.put("displacement", regime == null ? null : plain(regime.displacement()));
        figures.put("delta_strength", regime == null ? null : plain(regime.deltaStrength()));
        figures.put("concentration", regime == null ? null : plain(regime.concentration()));
        content.put("figures", figures);
        content.put("ts", regime == null ? null : time(regime.atMicros()));
        content.put("sessions", sessions());
        return HttpResponse.ok(content);
    }

    private List<String> timeframes() {
        return strategies.settings().timeframes().stream().map(Timeframe::name).toList();
    }

    private Map<String, Object> sessions() {
        SessionChange next = strategies.sessions().next();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("open", strategies.sessions().open());
        content.put("next", next == null ? null : (next.opened() ? "open " : "close ") + next.session());
        content.put("next_at", next == null ? null : next.at().toString());
        content.put(
                "seconds_to_change", next == null ? null : strategies.sessions().secondsToChange());
        return content;
    }

    private List<Map<String, Object>> inboxes() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (StrategyQueueStats inbox : strategies.inboxes().states()) {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("name", inbox.strategy());
            content.put("hears", inbox.topic());
            content.put("timeframe", inbox.timeframe());
            content.put("symbol", inbox.symbol());
            content.put("waiting", inbox.waiting());
            content.put("taken", inbox.taken());
            content.put("dropped", inbox.dropped());
            content.put("conflated", inbox.conflated());
            content.put("failed", inbox.failed());
            content.put("last_failure", inbox.lastFailure());
            list.add(content);
        }
        return list;
    }

    private static Map<String, Object> candle(Candle candle) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("start", time(candle.startMicros()));
        content.put("open", plain(candle.open()));
        content.put("high", plain(candle.high()));
        content.put("low", plain(candle.low()));
        content.put("close", plain(candle.close()));
        content.put("volume", plain(candle.volume()));
        content.put("quote_volume", plain(candle.quoteVolume()));
        content.put("delta", plain(candle.delta()));
        content.put("vwap", plain(candle.vwap()));
        content.put("trades", candle.trades());
        content.put("closed", candle.closed());
        return content;
    }

    /** A count within bounds, 100 where none is given; null where it is wrong. */
    static Integer count(String text, int most) {
        if (text == null) {
            return 100;
        }
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            return null;
        }
        return Integer.parseInt(text);
    }

    static String plain(BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    static String time(long micros) {
        return micros < 0 ? null : Times.instant(micros).toString();
    }
}
