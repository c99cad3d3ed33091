package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.api.response.history.DayCandlesResponse;
import dev.livefeed.app.api.response.history.RecentTradesResponse;
import dev.livefeed.app.backfill.ChartBackfill;
import dev.livefeed.app.health.AllFeeds;
import dev.livefeed.app.history.CandleTimeframe;
import dev.livefeed.app.history.MarketHistory;
import dev.livefeed.app.history.PastCandles;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.time.DateTimeException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Candles of the past day and the last trades. If the symbol is null, the first one of SYMBOL is used. */
public final class HistoryApi {

    /** The first request for a symbol waits this long for the candles of the exchange. */
    private static final long WAIT_SECONDS = 3;
    /** Requests that may wait at a time; others are answered at once. Each holds a thread of the HTTP server. */
    private static final int WAITING = 4;

    private final MarketHistory history;
    private final InstrumentParameter parameter;
    private final AllFeeds feeds;
    private final Function<InstrumentId, ChartBackfill> charts;
    private final Semaphore waiting = new Semaphore(WAITING);

    /**
     * @param parameter resolves the symbol of a request
     * @param charts requests candles of an instrument from its exchange
     */
    public HistoryApi(
            MarketHistory history,
            InstrumentParameter parameter,
            AllFeeds feeds,
            Function<InstrumentId, ChartBackfill> charts) {
        this.history = history;
        this.parameter = parameter;
        this.feeds = feeds;
        this.charts = charts;
    }

    /** {@code GET /trades}: the last trades, the newest last. */
    public RecentTradesResponse trades(String symbol, int limit) throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        List<Trade> trades = history.trades(instrument, limit);
        if (trades.isEmpty()) {
            throw parameter.without("trade", instrument);
        }
        return new RecentTradesResponse(
                InstrumentBody.of(instrument),
                feeds.fresh(instrument),
                feeds.synthetic(instrument) || trades.stream().anyMatch(Trade::synthetic),
                trades.stream().map(RecentTradesResponse::item).toList());
    }

    /**
     * {@code GET /candles}: candles of the past day, oldest first, ending with the open one.
     *
     * @param from time before which no candle starts, or null
     * @param to time before which every candle starts, or null
     * @param limit maximum number of candles, the last ones
     */
    public DayCandlesResponse candles(String symbol, String timeframe, String from, String to, int limit)
            throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        long first = from == null ? 0 : micros("from", from);
        long end = to == null ? Long.MAX_VALUE : micros("to", to);
        if (first >= end) {
            throw ApiException.bad("to", to, "later than from, which is " + from);
        }
        if (!history.has(instrument) && !parameter.configured(instrument)) {
            throw ApiException.unknown(instrument);
        }
        ChartBackfill chart = charts.apply(instrument);
        ChartBackfill.Progress progress = chart.look(instrument);
        if (progress.state() == ChartBackfill.ChartState.RUNNING && waiting.tryAcquire()) {
            try {
                await(progress);
            } finally {
                waiting.release();
            }
            progress = chart.look(instrument);
        }
        if (!history.has(instrument)) {
            throw parameter.without("candle", instrument);
        }
        PastCandles found = history.candles(instrument, CandleTimeframe.of(timeframe), first, end, limit);
        return DayCandlesResponse.of(
                InstrumentBody.of(instrument),
                timeframe,
                feeds.synthetic(instrument),
                found,
                new DayCandlesResponse.BackfillState(progress.state().toString(), progress.reason()));
    }

    private static void await(ChartBackfill.Progress progress) {
        try {
            progress.end().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // the response says that it is running
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long micros(String name, String time) throws ApiException {
        try {
            return Times.micros(Times.parse(time));
        } catch (DateTimeException | ArithmeticException e) {
            throw ApiException.bad(name, time, "a time in UTC such as 2026-11-27T14:00:00Z");
        }
    }
}
