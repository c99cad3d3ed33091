package dev.livefeed.app.api;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.PreviousDay;
import dev.livefeed.app.market.profile.Bin;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /context}, {@code /levels} and {@code /profile}: decimals as text, null where a value is not known yet. */
public final class ContextApi {

    private static final int MAX_BINS = 10_000;

    private final Market market;
    private final String defaultSymbol;

    /** @param defaultSymbol used where a request names none */
    public ContextApi(Market market, String defaultSymbol) {
        this.market = market;
        this.defaultSymbol = defaultSymbol;
    }

    /** Session, levels, figures of the day and price. */
    public HttpResponse context(String symbol, String vwapMode) {
        try {
            String name = Parameters.symbol(symbol, defaultSymbol);
            String mode = Parameters.word("vwap_mode", vwapMode, "base", "quote");
            ContextView view = market.context(name);
            if (view == null) {
                return Parameters.unknown(name);
            }
            BigDecimal vwap = mode.equals("base") ? view.vwap() : view.vwapQuote();
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("symbol", name);
            content.put("session", session(view));
            content.put("levels", levels(view, vwap));
            content.put("stats", stats(view, mode, vwap));
            content.put("price", price(view));
            content.put("approximate", approximate(view));
            content.put("synthetic", view.synthetic());
            return HttpResponse.ok(content);
        } catch (BadParameterException e) {
            return e.answer();
        }
    }

    /** Opening range, VWAP, POC and value area of today and of the day before. */
    public HttpResponse levels(String symbol) {
        try {
            String name = Parameters.symbol(symbol, defaultSymbol);
            ContextView view = market.context(name);
            if (view == null) {
                return Parameters.unknown(name);
            }
            Map<String, Object> content = levels(view, view.vwap());
            content.put("symbol", name);
            content.put("day", view.day().toString());
            content.put("approximate", approximate(view));
            content.put("synthetic", view.synthetic());
            return HttpResponse.ok(content);
        } catch (BadParameterException e) {
            return e.answer();
        }
    }

    /** Volume by price, and of it what was bought and sold: bins that were traded in, lowest first. */
    public HttpResponse profile(String symbol, String from, String limit) {
        try {
            String name = Parameters.symbol(symbol, defaultSymbol);
            BigDecimal first = Parameters.price("from", from);
            int most = Parameters.whole("limit", limit, 1, MAX_BINS, 1_000);
            ContextView view = market.context(name);
            if (view == null) {
                return Parameters.unknown(name);
            }
            List<Bin> bins = market.bins(name, first, most + 1);
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("symbol", name);
            content.put("day", view.day().toString());
            content.put("tick_size", text(view.tickSize()));
            content.put("volume", text(view.volume()));
            content.put("poc", text(view.poc()));
            content.put("poc_volume", text(view.pocVolume()));
            content.put("vah", text(view.vah()));
            content.put("val", text(view.val()));
            content.put("bins", list(bins.size() > most ? bins.subList(0, most) : bins));
            content.put("next", bins.size() > most ? text(bins.get(most).price()) : null);
            content.put("approximate", view.approximate());
            content.put("synthetic", view.synthetic());
            return HttpResponse.ok(content);
        } catch (BadParameterException e) {
            return e.answer();
        }
    }

    private static Map<String, Object> session(ContextView view) {
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("name", view.session());
        session.put("day", view.day().toString());
        return session;
    }

    private static Map<String, Object> levels(ContextView view, BigDecimal vwap) {
        PreviousDay previous = view.previous();
        Map<String, Object> range = new LinkedHashMap<>();
        range.put("hi", text(view.openingRangeHigh()));
        range.put("lo", text(view.openingRangeLow()));
        range.put("startTs", view.openingRangeStart().toString());
        range.put("endTs", view.openingRangeEnd().toString());
        Map<String, Object> levels = new LinkedHashMap<>();
        levels.put("OR", range);
        levels.put("VWAP", text(vwap));
        levels.put("POCd", text(view.poc()));
        levels.put("VAHd", text(view.vah()));
        levels.put("VALd", text(view.val()));
        levels.put("PDH", text(previous.high()));
        levels.put("PDL", text(previous.low()));
        levels.put("POCprev", text(previous.poc()));
        levels.put("VAHprev", text(previous.vah()));
        levels.put("VALprev", text(previous.val()));
        levels.put("VWAPprev", text(previous.vwap()));
        return levels;
    }

    private static Map<String, Object> stats(ContextView view, String mode, BigDecimal vwap) {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("vwap", text(vwap));
        stats.put("vwap_mode", mode);
        stats.put("trades", view.trades());
        stats.put("volume", text(view.volume()));
        stats.put("quote_volume", text(view.quoteVolume()));
        stats.put("buy_volume", text(view.buyVolume()));
        stats.put("sell_volume", text(view.sellVolume()));
        stats.put("cd_pre", text(view.cdPre()));
        stats.put("live_delta", text(view.liveDelta()));
        stats.put("cvd", text(view.cvd()));
        stats.put("open", text(view.open()));
        stats.put("high", text(view.high()));
        stats.put("low", text(view.low()));
        return stats;
    }

    private static Map<String, Object> price(ContextView view) {
        Map<String, Object> price = new LinkedHashMap<>();
        price.put("price", text(view.lastPrice()));
        price.put(
                "ts",
                view.lastTimestampMicros() < 0
                        ? null
                        : Times.instant(view.lastTimestampMicros()).toString());
        price.put("symbol", view.symbol());
        return price;
    }

    private static Map<String, Object> approximate(ContextView view) {
        Map<String, Object> approximate = new LinkedHashMap<>();
        approximate.put("today", view.approximate());
        approximate.put("previous_day", view.previous().approximate());
        return approximate;
    }

    static List<Map<String, Object>> list(List<Bin> bins) {
        List<Map<String, Object>> list = new ArrayList<>(bins.size());
        for (Bin bin : bins) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("price", text(bin.price()));
            entry.put("volume", text(bin.volume()));
            entry.put("buy", text(bin.buy()));
            entry.put("sell", text(bin.sell()));
            list.add(entry);
        }
        return list;
    }

    static String text(BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }
}
