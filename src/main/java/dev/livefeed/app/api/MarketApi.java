package dev.livefeed.app.api;

import dev.livefeed.app.health.FeedHealth;
import dev.livefeed.app.market.BookFigures;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.SymbolView;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /price}, {@code /ticker} and {@code /book}: decimals as text, every parameter checked. */
public final class MarketApi {

    private static final int MAX_LEVELS = 1_000;

    private final Market market;
    private final String defaultSymbol;
    private final FeedHealth judge;

    /** @param defaultSymbol used where a request names none */
    public MarketApi(Market market, String defaultSymbol, FeedHealth judge) {
        this.market = market;
        this.defaultSymbol = defaultSymbol;
        this.judge = judge;
    }

    /** The last price. */
    public HttpResponse price(String symbol) {
        try {
            String name = Parameters.symbol(symbol, defaultSymbol);
            SymbolView view = market.view(name);
            if (view == null) {
                return Parameters.unknown(name);
            }
            Trade last = view.lastTrade();
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("symbol", name);
            content.put("price", last == null ? null : last.price().toPlainString());
            content.put("ts", last == null ? null : last.timestamp().toString());
            content.put("fresh", judge.fresh());
            content.put("synthetic", judge.synthetic());
            return HttpResponse.ok(content);
        } catch (BadParameterException e) {
            return e.answer();
        }
    }

    /** The last ticker; a figure that the market's ticker does not tell is null. */
    public HttpResponse ticker(String symbol) {
        try {
            String name = Parameters.symbol(symbol, defaultSymbol);
            if (market.view(name) == null) {
                return Parameters.unknown(name);
            }
            Ticker last = market.lastTicker(name);
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("symbol", name);
            content.put("category", last == null ? null : last.category());
            content.put("ts", last == null ? null : last.timestamp().toString());
            content.put(
                    "received_at",
                    last == null || last.receivedAt() <= 0
                            ? null
                            : Times.instant(last.receivedAt()).toString());
            for (TickerFigure figure : TickerFigure.values()) {
                content.put(figure.toString(), last == null ? null : ContextApi.text(last.figure(figure)));
            }
            content.put(
                    "next_funding_time",
                    last == null || last.nextFundingTime() == null
                            ? null
                            : last.nextFundingTime().toString());
            content.put("fresh", judge.fresh());
            content.put("synthetic", judge.synthetic() || (last != null && last.synthetic()));
            return HttpResponse.ok(content);
        } catch (BadParameterException e) {
            return e.answer();
        }
    }

    /** The kept book; its levels, and what is read from them, are there only while it is synced. */
    public HttpResponse book(String symbol, String levels, String imbalanceLevels) {
        try {
            String name = Parameters.symbol(symbol, defaultSymbol);
            int most = Parameters.whole("levels", levels, 1, MAX_LEVELS, 25);
            int imbalance = Parameters.whole("imbalance_levels", imbalanceLevels, 1, MAX_LEVELS, 5);
            BookView book = market.book(name, Math.max(most, imbalance));
            return book == null ? Parameters.unknown(name) : HttpResponse.ok(content(book, most, imbalance));
        } catch (BadParameterException e) {
            return e.answer();
        }
    }

    private Map<String, Object> content(BookView book, int most, int imbalance) {
        BookFigures figures = BookFigures.of(book, imbalance);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("symbol", book.symbol());
        content.put("state", book.state().toString());
        content.put("reason", book.reason());
        content.put("last_update_id", book.lastUpdateId() < 0 ? null : book.lastUpdateId());
        content.put(
                "ts",
                book.timestampMicros() < 0
                        ? null
                        : Times.instant(book.timestampMicros()).toString());
        content.put("synthetic", judge.synthetic());
        content.put("spread", ContextApi.text(figures.spread()));
        content.put("mid", ContextApi.text(figures.mid()));
        content.put("microprice", ContextApi.text(figures.microprice()));
        content.put("imbalance", ContextApi.text(figures.imbalance()));
        content.put("imbalance_levels", figures.imbalanceLevels());
        content.put("bids", list(book.bids(), most));
        content.put("asks", list(book.asks(), most));
        return content;
    }

    private static List<List<String>> list(Levels levels, int most) {
        List<List<String>> list = new ArrayList<>();
        for (int i = 0; i < Math.min(levels.size(), most); i++) {
            list.add(List.of(levels.price(i).toPlainString(), levels.qty(i).toPlainString()));
        }
        return list;
    }
}
