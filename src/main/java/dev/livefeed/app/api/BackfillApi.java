package dev.livefeed.app.api;

import dev.livefeed.app.backfill.Backfill;
import dev.livefeed.app.backfill.BackfillProgress;
import dev.livefeed.app.backfill.MissingTrades;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /backfill/status} and {@code /debug/exchangeinfo}: what was asked of the exchange beside the feed. */
public final class BackfillApi {

    private final Backfill backfill;
    private final Market market;
    private final String defaultSymbol;

    /** @param defaultSymbol used where a request names none */
    public BackfillApi(Backfill backfill, Market market, String defaultSymbol) {
        this.backfill = backfill;
        this.market = market;
        this.defaultSymbol = defaultSymbol;
    }

    /** How far the backfill is. */
    public HttpResponse status() {
        BackfillProgress progress = backfill.progress();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("current", progress.current());
        shown.put("total", progress.total());
        shown.put("percentage", progress.percentage());
        shown.put("status", progress.status().toString());
        shown.put("eta", progress.etaSeconds() < 0 ? null : progress.etaSeconds());
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("progress", shown);
        content.put("mode", backfill.wanted() ? "levels" : "off");
        content.put("filled_minutes", progress.filled());
        content.put("failed_symbols", progress.failed());
        content.put("failures", progress.failures());
        content.put("circuit", backfill.circuit());
        MissingTrades.Counts holes = backfill.holes();
        Map<String, Object> ofHoles = new LinkedHashMap<>();
        ofHoles.put("open", holes.open());
        ofHoles.put("filled", holes.filled());
        ofHoles.put("given_up", holes.givenUp());
        content.put("holes", ofHoles);
        return HttpResponse.ok(content);
    }

    /** What the exchange says of an instrument, and the tick size that is used. */
    public HttpResponse exchangeInfo(String symbol) {
        try {
            String name = Parameters.symbol(symbol, defaultSymbol);
            ListingState listing = market.listing(name);
            ContextView view = market.context(name);
            if (listing == null && view == null) {
                return Parameters.unknown(name);
            }
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("symbol", name);
            content.put("source", listing == null ? null : "instruments-info");
            content.put("status", listing == null ? null : listing.tradingStatus());
            content.put("tick_size", listing == null ? null : ContextApi.text(listing.tickSize()));
            content.put("qty_step", listing == null ? null : ContextApi.text(listing.qtyStep()));
            content.put("fetched_at", listing == null ? null : listing.toldAt().toString());
            content.put("error", null);
            content.put("profile_tick_size", view == null ? null : ContextApi.text(view.tickSize()));
            return HttpResponse.ok(content);
        } catch (BadParameterException e) {
            return e.answer();
        }
    }
}
