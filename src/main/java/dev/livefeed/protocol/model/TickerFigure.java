package dev.livefeed.protocol.model;

import java.util.Locale;

/**
 * The figures of a {@link Ticker}, by their name in the protocol. No market has all of them: spot has no bid and ask;
 * funding and open interest exist for futures, volatilities and greeks for options.
 */
public enum TickerFigure {
    LAST_PRICE(Kind.PRICE),
    /** Best bid; absent if there is none. */
    BID_PRICE(Kind.PRICE),
    BID_QTY(Kind.QTY_OR_ZERO),
    /** Best ask; absent if there is none. */
    ASK_PRICE(Kind.PRICE),
    ASK_QTY(Kind.QTY_OR_ZERO),
    MARK_PRICE(Kind.PRICE),
    INDEX_PRICE(Kind.PRICE),
    USD_INDEX_PRICE(Kind.PRICE),
    UNDERLYING_PRICE(Kind.PRICE),
    PREV_PRICE_1H(Kind.PRICE),
    PREV_PRICE_24H(Kind.PRICE),
    HIGH_PRICE_24H(Kind.PRICE),
    LOW_PRICE_24H(Kind.PRICE),
    /** Relative to the price a day before: 0.01 is 1 %. */
    CHANGE_24H(Kind.FIGURE),
    VOLUME_24H(Kind.SUM),
    TURNOVER_24H(Kind.SUM),
    TOTAL_VOLUME(Kind.SUM),
    TOTAL_TURNOVER(Kind.SUM),
    OPEN_INTEREST(Kind.SUM),
    OPEN_INTEREST_VALUE(Kind.SUM),
    SINGLE_OPEN_INTEREST(Kind.SUM),
    SINGLE_OPEN_INTEREST_VALUE(Kind.SUM),
    FUNDING_RATE(Kind.FIGURE),
    FUNDING_CAP(Kind.FIGURE),
    FUNDING_INTERVAL_HOURS(Kind.SUM),
    BASIS(Kind.FIGURE),
    BASIS_RATE(Kind.FIGURE),
    BASIS_RATE_YEAR(Kind.FIGURE),
    DELIVERY_FEE_RATE(Kind.FIGURE),
    PREDICTED_DELIVERY_PRICE(Kind.PRICE),
    PRE_OPEN_PRICE(Kind.PRICE),
    PRE_QTY(Kind.SUM),
    BID_IV(Kind.FIGURE),
    ASK_IV(Kind.FIGURE),
    MARK_IV(Kind.FIGURE),
    DELTA(Kind.FIGURE),
    GAMMA(Kind.FIGURE),
    VEGA(Kind.FIGURE),
    THETA(Kind.FIGURE);

    private final String text = name().toLowerCase(Locale.ROOT);
    private final Kind kind;

    /** The range of a figure. */
    public enum Kind {
        /** Above 0. */
        PRICE,
        /** 0 or more, of an order book. */
        QTY_OR_ZERO,
        /** 0 or more. */
        SUM,
        /** Any number. */
        FIGURE
    }

    TickerFigure(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it is a price, for which 0 means absent. */
    public boolean isPrice() {
        return kind == Kind.PRICE;
    }

    /** Whether it may be negative. */
    public boolean isSigned() {
        return kind == Kind.FIGURE;
    }

    /** The name of its field: {@code last_price}. */
    @Override
    public String toString() {
        return text;
    }
}
