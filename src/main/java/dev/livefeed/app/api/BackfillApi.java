package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.BackfillResponse;
import dev.livefeed.app.api.response.ExchangeInfoResponse;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.backfill.Backfill;
import dev.livefeed.app.backfill.BackfillProgress;
import dev.livefeed.app.backfill.MissingTrades;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** Data requested from the exchange in addition to the feed. */
public final class BackfillApi {

    private final List<Backfill> backfills;
    private final Market market;
    private final InstrumentParameter parameter;

    /**
     * @param backfills one for each source
     * @param parameter resolves the symbol of a request
     */
    public BackfillApi(List<Backfill> backfills, Market market, InstrumentParameter parameter) {
        this.backfills = List.copyOf(backfills);
        this.market = market;
        this.parameter = parameter;
    }

    /** {@code GET /backfill/status}: the progress of the backfill; of several sources their sums. */
    public BackfillResponse status() {
        List<BackfillProgress> all = backfills.stream().map(Backfill::progress).toList();
        int current = sum(all, BackfillProgress::current);
        int total = sum(all, BackfillProgress::total);
        long eta = all.stream().mapToLong(BackfillProgress::etaSeconds).max().orElse(-1);
        Backfill first = backfills.get(0);
        return new BackfillResponse(
                new BackfillResponse.Progress(
                        current,
                        total,
                        all.size() == 1 ? all.get(0).percentage() : total == 0 ? 0 : (int) (100L * current / total),
                        BackfillProgress.together(all).toString(),
                        eta < 0 ? null : eta),
                first.mode(),
                sum(all, BackfillProgress::filled),
                all.stream().mapToLong(BackfillProgress::trades).sum(),
                sum(all, BackfillProgress::failed),
                all.stream().flatMap(one -> one.failures().stream()).toList(),
                backfills.stream()
                        .map(Backfill::circuit)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                MissingTrades.Counts.sum(
                        backfills.stream().map(Backfill::missingTrades).toList()));
    }

    private static int sum(List<BackfillProgress> all, ToIntFunction<BackfillProgress> count) {
        return all.stream().mapToInt(count).sum();
    }

    /** {@code GET /debug/exchangeinfo}: the listing of an instrument, and the tick size that is used. */
    public ExchangeInfoResponse exchangeInfo(String symbol) throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        ListingState listing = market.listing(instrument);
        ContextView view = market.context(instrument);
        if (listing == null && view == null) {
            throw parameter.without("listing", instrument);
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
