package dev.livefeed.web;

import dev.livefeed.event.Levels;
import dev.livefeed.event.Symbols;
import dev.livefeed.event.Times;
import dev.livefeed.event.Trade;
import dev.livefeed.market.BookView;
import dev.livefeed.market.Market;
import dev.livefeed.market.SymbolView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /price} and {@code /book}: decimals as text, every parameter checked. */
public final class MarketApi {

    private static final int MAX_LEVELS = 1_000;

    private final Market market;
    private final String defaultSymbol;
    private final FeedJudge judge;

    /** @param defaultSymbol used where a request names none */
    public MarketApi(Market market, String defaultSymbol, FeedJudge judge) {
        this.market = market;
        this.defaultSymbol = defaultSymbol;
        this.judge = judge;
    }

    /** The last price. */
    public Answer price(String symbol) {
        String name = symbol == null ? defaultSymbol : symbol;
        if (!Symbols.valid(name)) {
            return badSymbol();
        }
        SymbolView view = market.view(name);
        if (view == null) {
            return unknown(name);
        }
        Trade last = view.lastTrade();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("symbol", name);
        content.put("price", last == null ? null : last.price().toPlainString());
        content.put("ts", last == null ? null : last.timestamp().toString());
        content.put("fresh", judge.fresh());
        content.put("synthetic", judge.synthetic());
        return Answer.ok(content);
    }

    /** The kept book; its levels are there only while it is synced. */
    public Answer book(String symbol, String levels) {
        String name = symbol == null ? defaultSymbol : symbol;
        if (!Symbols.valid(name)) {
            return badSymbol();
        }
        int most = 25;
        if (levels != null) {
            if (!levels.matches("\\d{1,4}") || Integer.parseInt(levels) < 1 || Integer.parseInt(levels) > MAX_LEVELS) {
                return Answer.bad("levels must be a whole number from 1 to " + MAX_LEVELS);
            }
            most = Integer.parseInt(levels);
        }
        BookView book = market.book(name, most);
        if (book == null) {
            return unknown(name);
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("symbol", name);
        content.put("state", book.state().toString());
        content.put("reason", book.reason());
        content.put("last_update_id", book.lastUpdateId() < 0 ? null : book.lastUpdateId());
        content.put(
                "ts",
                book.timestampMicros() < 0
                        ? null
                        : Times.instant(book.timestampMicros()).toString());
        content.put("synthetic", judge.synthetic());
        content.put("bids", list(book.bids()));
        content.put("asks", list(book.asks()));
        return Answer.ok(content);
    }

    private static List<List<String>> list(Levels levels) {
        List<List<String>> list = new ArrayList<>(levels.size());
        for (int i = 0; i < levels.size(); i++) {
            list.add(List.of(levels.price(i).toPlainString(), levels.qty(i).toPlainString()));
        }
        return list;
    }

    private static Answer badSymbol() {
        return Answer.bad("symbol must be " + Symbols.RULE);
    }

    private static Answer unknown(String symbol) {
        return Answer.missing("nothing has been heard of " + symbol + "; the symbols are those of the setting SYMBOL");
    }
}
