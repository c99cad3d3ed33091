package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.BookResponse;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.api.response.PriceResponse;
import dev.livefeed.app.api.response.TickerResponse;
import dev.livefeed.app.health.AllFeeds;
import dev.livefeed.app.market.BookFigures;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.SymbolView;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prices, tickers and order books. If the symbol is null, the first one of SYMBOL is used. */
public final class MarketApi {

    private final Market market;
    private final InstrumentParameter parameter;
    private final AllFeeds feeds;

    /** @param parameter resolves the symbol of a request */
    public MarketApi(Market market, InstrumentParameter parameter, AllFeeds feeds) {
        this.market = market;
        this.parameter = parameter;
        this.feeds = feeds;
    }

    /** {@code GET /price}: the last price. */
    public PriceResponse price(String symbol) throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        SymbolView view = market.view(instrument);
        if (view == null) {
            throw parameter.without("data", instrument);
        }
        Trade last = view.lastTrade();
        return new PriceResponse(
                InstrumentBody.of(instrument),
                last == null ? null : last.price(),
                last == null ? null : last.timestamp(),
                last != null && feeds.fresh(instrument),
                feeds.synthetic(instrument));
    }

    /** {@code GET /ticker}: the last ticker. */
    public TickerResponse ticker(String symbol) throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        if (market.view(instrument) == null) {
            throw parameter.without("data", instrument);
        }
        Ticker last = market.lastTicker(instrument);
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        for (TickerFigure figure : TickerFigure.values()) {
            figures.put(figure.toString(), last == null ? null : last.figure(figure));
        }
        return new TickerResponse(
                InstrumentBody.of(instrument),
                last == null ? null : last.timestamp(),
                last == null || last.receivedAt() <= 0 ? null : Times.instant(last.receivedAt()),
                new TickerResponse.Figures(figures),
                last == null ? null : last.nextFundingTime(),
                last != null && feeds.fresh(instrument),
                feeds.synthetic(instrument) || (last != null && last.synthetic()));
    }

    /**
     * {@code GET /book}: the order book and figures derived from it.
     *
     * @param levels maximum number of levels a side
     * @param imbalanceLevels number of levels a side used for the imbalance
     */
    public BookResponse book(String symbol, int levels, int imbalanceLevels) throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        BookView book = market.book(instrument, Math.max(levels, imbalanceLevels));
        if (book == null) {
            throw parameter.without("book", instrument);
        }
        return BookResponse.of(book, BookFigures.of(book, imbalanceLevels), levels, feeds.synthetic(instrument));
    }
}
