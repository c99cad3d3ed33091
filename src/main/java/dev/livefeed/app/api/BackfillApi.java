package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.BackfillResponse;
import dev.livefeed.app.api.response.ExchangeInfoResponse;
import dev.livefeed.app.backfill.Backfill;
import dev.livefeed.app.backfill.BackfillProgress;
import dev.livefeed.app.backfill.InstrumentFacts;
import dev.livefeed.app.backfill.TickSizeLoader;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.Market;
import java.time.Instant;

/** What was asked of the exchange beside the feed. */
public final class BackfillApi {

    private final Backfill backfill;
    private final TickSizeLoader instruments;
    private final Market market;
    private final String defaultSymbol;

    /** @param defaultSymbol used where a request names none */
    public BackfillApi(Backfill backfill, TickSizeLoader instruments, Market market, String defaultSymbol) {
        this.backfill = backfill;
        this.instruments = instruments;
        this.market = market;
        this.defaultSymbol = defaultSymbol;
    }

    /** {@code GET /backfill/status}: how far the backfill is. */
    public BackfillResponse status() {
        BackfillProgress progress = backfill.progress();
        return new BackfillResponse(
                new BackfillResponse.Progress(
                        progress.current(),
                        progress.total(),
                        progress.percentage(),
                        progress.status().toString(),
                        progress.etaSeconds() < 0 ? null : progress.etaSeconds()),
                backfill.wanted() ? "levels" : "off",
                progress.filled(),
                progress.failed(),
                progress.failures(),
                backfill.circuit(),
                backfill.holes());
    }

    /** {@code GET /debug/exchangeinfo}: what the exchange says of an instrument, and the tick size that is used. */
    public ExchangeInfoResponse exchangeInfo(String symbol) throws ApiException {
        String name = symbol == null ? defaultSymbol : symbol;
        InstrumentFacts instrument = instruments.of(name);
        ContextView view = market.context(name);
        if (instrument == null && view == null && instruments.failure(name) == null) {
            throw ApiException.unknownSymbol(name);
        }
        return new ExchangeInfoResponse(
                name,
                instruments.available() ? "instruments-info" : null,
                instrument == null ? null : instrument.status(),
                instrument == null ? null : instrument.tickSize(),
                instrument == null ? null : instrument.qtyStep(),
                instrument == null ? null : Instant.ofEpochMilli(instrument.fetchedAt()),
                instruments.failure(name),
                view == null ? null : view.tickSize());
    }
}
