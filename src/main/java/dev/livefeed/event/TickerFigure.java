package dev.livefeed.event;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * What a {@link Ticker} may tell, by its name in the protocol. No market has all of them: spot has no bid and ask, funding
 * and open interest are of futures, volatilities and greeks of options.
 */
public enum TickerFigure {
    LAST_PRICE(FieldRules.PRICE),
    /** Best bid; missing where there is none. */
    BID_PRICE(FieldRules.PRICE),
    BID_QTY(FieldRules.QTY_OR_ZERO),
    /** Best ask; missing where there is none. */
    ASK_PRICE(FieldRules.PRICE),
    ASK_QTY(FieldRules.QTY_OR_ZERO),
    MARK_PRICE(FieldRules.PRICE),
    INDEX_PRICE(FieldRules.PRICE),
    USD_INDEX_PRICE(FieldRules.PRICE),
    UNDERLYING_PRICE(FieldRules.PRICE),
    PREV_PRICE_1H(FieldRules.PRICE),
    PREV_PRICE_24H(FieldRules.PRICE),
    HIGH_PRICE_24H(FieldRules.PRICE),
    LOW_PRICE_24H(FieldRules.PRICE),
    /** A part of the price a day before: 0.01 is 1 %. */
    CHANGE_24H(FieldRules.FIGURE),
    VOLUME_24H(FieldRules.SUM),
    TURNOVER_24H(FieldRules.SUM),
    TOTAL_VOLUME(FieldRules.SUM),
    TOTAL_TURNOVER(FieldRules.SUM),
    OPEN_INTEREST(FieldRules.SUM),
    OPEN_INTEREST_VALUE(FieldRules.SUM),
    SINGLE_OPEN_INTEREST(FieldRules.SUM),
    SINGLE_OPEN_INTEREST_VALUE(FieldRules.SUM),
    FUNDING_RATE(FieldRules.FIGURE),
    FUNDING_CAP(FieldRules.FIGURE),
    FUNDING_INTERVAL_HOURS(FieldRules.SUM),
    BASIS(FieldRules.FIGURE),
    BASIS_RATE(FieldRules.FIGURE),
    BASIS_RATE_YEAR(FieldRules.FIGURE),
    DELIVERY_FEE_RATE(FieldRules.FIGURE),
    PREDICTED_DELIVERY_PRICE(FieldRules.PRICE),
    PRE_OPEN_PRICE(FieldRules.PRICE),
    PRE_QTY(FieldRules.SUM),
    BID_IV(FieldRules.FIGURE),
    ASK_IV(FieldRules.FIGURE),
    MARK_IV(FieldRules.FIGURE),
    DELTA(FieldRules.FIGURE),
    GAMMA(FieldRules.FIGURE),
    VEGA(FieldRules.FIGURE),
    THETA(FieldRules.FIGURE);

    private final String text = name().toLowerCase(Locale.ROOT);
    private final FieldRule<BigDecimal> rule;

    TickerFigure(FieldRule<BigDecimal> rule) {
        this.rule = rule;
    }

    FieldRule<BigDecimal> rule() {
        return rule;
    }

    /** Whether it is a price, of which 0 means that there is none. */
    public boolean isPrice() {
        return rule == FieldRules.PRICE;
    }

    /** Whether it may be below 0. */
    public boolean isSigned() {
        return rule == FieldRules.FIGURE;
    }

    /** The field of the line: {@code last_price}. */
    @Override
    public String toString() {
        return text;
    }
}
