package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.ContextResponse;
import dev.livefeed.app.api.response.LevelsResponse;
import dev.livefeed.app.api.response.PocBinsResponse;
import dev.livefeed.app.api.response.ProfileResponse;
import dev.livefeed.app.api.response.VwapSumsResponse;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.DayReport;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;

/** The market context, and the sums behind it. If the symbol is null, the first one of SYMBOL is used. */
public final class ContextApi {

    private static final int MAX_DIGITS = 18;

    private final Market market;
    private final InstrumentParameter parameter;

    /** @param parameter resolves the symbol of a request */
    public ContextApi(Market market, InstrumentParameter parameter) {
        this.market = market;
        this.parameter = parameter;
    }

    /** {@code GET /context}: session, levels, figures of the day and price. */
    public ContextResponse context(String symbol, String vwapMode) throws ApiException {
        return ContextResponse.of(view(symbol), vwapMode);
    }

    /** {@code GET /levels}: opening range, VWAP, POC and value area of today and of the previous day. */
    public LevelsResponse levels(String symbol) throws ApiException {
        return LevelsResponse.of(view(symbol));
    }

    /**
     * {@code GET /profile}: volume by price.
     *
     * @param from the lowest price, or null
     * @param limit maximum number of bins
     */
    public ProfileResponse profile(String symbol, String from, int limit) throws ApiException {
        BigDecimal first = from == null ? BigDecimal.ZERO : new BigDecimal(from).stripTrailingZeros();
        if (first.precision() > MAX_DIGITS) {
            throw ApiException.bad("from", from, "a price of at most " + MAX_DIGITS + " digits");
        }
        ContextView view = view(symbol);
        return ProfileResponse.of(view, market.bins(view.instrument(), first, limit + 1), limit);
    }

    /** {@code GET /debug/vwap}: the sums from which the VWAP is computed. */
    public VwapSumsResponse vwapSums(String symbol) throws ApiException {
        ContextView view = view(symbol);
        return VwapSumsResponse.of(view, report(view));
    }

    /** {@code GET /debug/poc}: the bins with the most volume, which determine the POC. */
    public PocBinsResponse pocBins(String symbol) throws ApiException {
        ContextView view = view(symbol);
        return PocBinsResponse.of(view, report(view));
    }

    private ContextView view(String symbol) throws ApiException {
        InstrumentId instrument = parameter.of(symbol);
        ContextView view = market.context(instrument);
        if (view == null) {
            throw parameter.without("trade", instrument);
        }
        return view;
    }

    private DayReport report(ContextView view) throws ApiException {
        DayReport report = market.dayReport(view.instrument());
        if (report == null) {
            throw parameter.without("trade", view.instrument());
        }
        return report;
    }
}
