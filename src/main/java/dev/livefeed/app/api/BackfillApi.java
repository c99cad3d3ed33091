package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.BackfillResponse;
import dev.livefeed.app.api.response.ExchangeInfoResponse;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.backfill.Backfill;
import dev.livefeed.app.backfill.BackfillProgress;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.InstrumentId;

/** Data requested from the exchange in addition to the feed. */
public final class BackfillApi {

    private final Backfill backfill;
    private final Market market;
    private final InstrumentParameter parameter;

    /** @param parameter resolves the symbol of a request */
    public BackfillApi(Backfill backfill, Market market, InstrumentParameter parameter) {
        this.backfill = backfill;
        this.market = market;
        this.parameter = parameter;
    }

    /** {@code GET /backfill/status}: the progress of the backfill. */
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
                backfill.missingTrades());
    }

    /** {@code GET /debug/exchangeinfo}: the listing of an instrument, and the tick size that is used. */
    public ExchangeInfoResponse exchangeInfo(String symbol) throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        ListingState listing = market.listing(instrument);
        ContextView view = market.context(instrument);
        if (listing == null && view == null) {
            throw ApiException.unknown(instrument);
        }
        return new ExchangeInfoResponse(
                InstrumentBody.of(instrument),
                listing == null ? null : "connector",
                listing == null ? null : listing.tradingStatus(),
                listing == null ? null : listing.tickSize(),
                listing == null ? null : listing.qtyStep(),
                listing == null ? null : listing.toldAt(),
                null,
                view == null ? null : view.tickSize());
    }
}
