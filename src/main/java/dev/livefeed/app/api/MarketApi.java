package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.BookResponse;
import dev.livefeed.app.api.response.PriceResponse;
import dev.livefeed.app.api.response.TickerResponse;
import dev.livefeed.app.health.FeedHealth;
import dev.livefeed.app.market.BookFigures;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.SymbolView;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prices, tickers and order books. A symbol that is null is the default one. */
public final class MarketApi {

    private final Market market;
    private final String defaultSymbol;
    private final FeedHealth judge;

    /** @param defaultSymbol used where a request names none */
    public MarketApi(Market market, String defaultSymbol, FeedHealth judge) {
        this.market = market;
        this.defaultSymbol = defaultSymbol;
        this.judge = judge;
    }

    /** {@code GET /price}: the last price. */
    public PriceResponse price(String symbol) throws ApiException {
        String name = symbol == null ? defaultSymbol : symbol;
        SymbolView view = market.view(name);
        if (view == null) {
            throw ApiException.unknownSymbol(name);
        }
        Trade last = view.lastTrade();
        return new PriceResponse(
                name,
                last == null ? null : last.price(),
                last == null ? null : last.timestamp(),
                judge.fresh(),
                judge.synthetic());
    }

    /** {@code GET /ticker}: the last ticker. */
    public TickerResponse ticker(String symbol) throws ApiException {
        String name = symbol == null ? defaultSymbol : symbol;
        if (market.view(name) == null) {
            throw ApiException.unknownSymbol(name);
        }
        Ticker last = market.lastTicker(name);
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        for (TickerFigure figure : TickerFigure.values()) {
            figures.put(figure.toString(), last == null ? null : last.figure(figure));
        }
        return new TickerResponse(
                name,
                last == null ? null : last.category(),
                last == null ? null : last.timestamp(),
                last == null || last.receivedAt() <= 0 ? null : Times.instant(last.receivedAt()),
                new TickerResponse.Figures(figures),
                last == null ? null : last.nextFundingTime(),
                judge.fresh(),
                judge.synthetic() || (last != null && last.synthetic()));
    }

    /**
     * {@code GET /book}: the order book, and what is read from it.
     *
     * @param levels a side, at most
     * @param imbalanceLevels levels a side that the imbalance is taken over
     */
    public BookResponse book(String symbol, int levels, int imbalanceLevels) throws ApiException {
        String name = symbol == null ? defaultSymbol : symbol;
        BookView book = market.book(name, Math.max(levels, imbalanceLevels));
        if (book == null) {
            throw ApiException.unknownSymbol(name);
        }
        return BookResponse.of(book, BookFigures.of(book, imbalanceLevels), levels, judge.synthetic());
    }
}
