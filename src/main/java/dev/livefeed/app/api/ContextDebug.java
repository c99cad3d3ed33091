package dev.livefeed.app.api;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.DayReport;
import dev.livefeed.app.market.Market;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /debug/vwap} and {@code /debug/poc}: the sums behind the figures, to check them by hand. */
public final class ContextDebug {

    private final Market market;
    private final String defaultSymbol;

    /** @param defaultSymbol used where a request names none */
    public ContextDebug(Market market, String defaultSymbol) {
        this.market = market;
        this.defaultSymbol = defaultSymbol;
    }

    /** The sums that a VWAP is a quotient of, and what was counted in them. */
    public HttpResponse vwap(String symbol) {
        try {
            String name = Parameters.symbol(symbol, defaultSymbol);
            ContextView view = market.context(name);
            DayReport report = market.dayReport(name);
            if (view == null || report == null) {
                return Parameters.unknown(name);
            }
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("symbol", name);
            content.put("day", report.day().toString());
            content.put("sum_q", ContextApi.text(report.sums().volume()));
            content.put("sum_pq", ContextApi.text(report.sums().value()));
            content.put("sum_ppq", ContextApi.text(report.sums().square()));
            content.put("vwap_base", ContextApi.text(view.vwap()));
            content.put("vwap_quote", ContextApi.text(view.vwapQuote()));
            content.put("trades", report.sums().trades());
            content.put("late_trades", report.exceptions().late());
            content.put("too_late_trades", report.exceptions().tooLate());
            content.put("repeated_trades", report.exceptions().repeated());
            content.put("covered_trades", report.exceptions().covered());
            content.put("traded_minutes", report.tradedMinutes());
            content.put("filled_minutes", report.filledMinutes());
            content.put("approximate", view.approximate());
            return HttpResponse.ok(content);
        } catch (BadParameterException e) {
            return e.answer();
        }
    }

    /** The bins that the POC is chosen from. */
    public HttpResponse poc(String symbol) {
        try {
            String name = Parameters.symbol(symbol, defaultSymbol);
            ContextView view = market.context(name);
            DayReport report = market.dayReport(name);
            if (view == null || report == null) {
                return Parameters.unknown(name);
            }
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("symbol", name);
            content.put("day", view.day().toString());
            content.put("bin_size", ContextApi.text(view.tickSize()));
            content.put("bin_size_from", report.profile().tickFromExchange() ? "exchange" : "setting");
            content.put("bins", report.profile().bins());
            content.put("poc_price", ContextApi.text(view.poc()));
            content.put("poc_volume", ContextApi.text(view.pocVolume()));
            content.put("top_bins", ContextApi.list(view.topBins()));
            content.put("outside_trades", report.profile().outsideTrades());
            content.put("outside_volume", ContextApi.text(report.profile().outsideVolume()));
            content.put("approximate", view.approximate());
            return HttpResponse.ok(content);
        } catch (BadParameterException e) {
            return e.answer();
        }
    }
}
