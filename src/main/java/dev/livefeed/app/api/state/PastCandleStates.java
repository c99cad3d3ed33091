package dev.livefeed.app.api.state;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.api.response.history.CandleBody;
import dev.livefeed.app.backfill.ChartBackfill;
import dev.livefeed.app.history.CandleTimeframe;
import dev.livefeed.app.history.MarketHistory;
import dev.livefeed.app.history.PastCandle;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.stream.PastCandlePages;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads past candles: those of whole minutes from the candles of the past day, shorter and longer ones from the candles
 * of the strategies.
 */
public final class PastCandleStates implements PastCandlePages {

    private final MarketHistory history;
    private final Strategies strategies;
    private final Predicate<InstrumentId> synthetic;
    private final Function<InstrumentId, ChartBackfill> charts;

    private record Body(
            @JsonUnwrapped InstrumentBody instrument, String timeframe, boolean synthetic, List<CandleBody> candles) {}

    /** A candle and its period. */
    private record Timed(CandleBody candle, long startMicros, long endMicros) {}

    /**
     * @param synthetic whether the data of an instrument is not that of a real exchange
     * @param charts fetches what the past day of an instrument lacks
     */
    public PastCandleStates(
            MarketHistory history,
            Strategies strategies,
            Predicate<InstrumentId> synthetic,
            Function<InstrumentId, ChartBackfill> charts) {
        this.history = history;
        this.strategies = strategies;
        this.synthetic = synthetic;
        this.charts = charts;
    }

    @Override
    public void fill(InstrumentId instrument, Runnable fetched) {
        ChartBackfill.Progress progress = charts.apply(instrument).look(instrument);
        if (progress.state() == ChartBackfill.ChartState.RUNNING) {
            progress.end().thenRun(fetched);
        }
    }

    @Override
    public CandlePage page(InstrumentId instrument, String timeframe, int count, long fromMicros) {
        List<Timed> rest = last(instrument, timeframe, count).stream()
                .filter(candle -> candle.startMicros() >= fromMicros)
                .toList();
        if (rest.isEmpty()) {
            return CandlePage.NONE;
        }
        boolean last = rest.size() <= PAGE;
        List<Timed> page = last ? rest : rest.subList(0, PAGE);
        Body body = new Body(
                InstrumentBody.of(instrument),
                timeframe,
                synthetic.test(instrument),
                page.stream().map(Timed::candle).toList());
        return new CandlePage(StateJson.text(body), page.get(page.size() - 1).endMicros(), last);
    }

    private List<Timed> last(InstrumentId instrument, String timeframe, int count) {
        CandleTimeframe ofTheDay = CandleTimeframe.of(timeframe);
        if (ofTheDay != null && history.has(instrument)) {
            return history.candles(instrument, ofTheDay, count).candles().stream()
                    .map(PastCandleStates::timed)
                    .toList();
        }
        List<Candle> candles = strategies.candles(instrument, timeframe, count);
        return candles == null
                ? List.of()
                : candles.stream().map(PastCandleStates::timed).toList();
    }

    private static Timed timed(PastCandle candle) {
        return new Timed(CandleBody.of(candle), candle.startMicros(), candle.endMicros());
    }

    private static Timed timed(Candle candle) {
        return new Timed(CandleBody.of(candle), candle.startMicros(), candle.endMicros());
    }
}
