package dev.livefeed.connector.bybit.topic;

import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.TickerFigures;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** The fields of one ticker frame, reused for the next frame. A field that the frame does not contain is unchanged. */
public final class TickerFields {

    /** The venue's names, including those of options and of REST. */
    private static final Map<String, TickerFigure> NAMES = new HashMap<>();

    static {
        name(TickerFigure.LAST_PRICE, "lastPrice");
        name(TickerFigure.BID_PRICE, "bid1Price", "bidPrice");
        name(TickerFigure.BID_QTY, "bid1Size", "bidSize");
        name(TickerFigure.ASK_PRICE, "ask1Price", "askPrice");
        name(TickerFigure.ASK_QTY, "ask1Size", "askSize");
        name(TickerFigure.MARK_PRICE, "markPrice");
        name(TickerFigure.INDEX_PRICE, "indexPrice");
        name(TickerFigure.USD_INDEX_PRICE, "usdIndexPrice");
        name(TickerFigure.UNDERLYING_PRICE, "underlyingPrice");
        name(TickerFigure.PREV_PRICE_1H, "prevPrice1h");
        name(TickerFigure.PREV_PRICE_24H, "prevPrice24h");
        name(TickerFigure.HIGH_PRICE_24H, "highPrice24h");
        name(TickerFigure.LOW_PRICE_24H, "lowPrice24h");
        name(TickerFigure.CHANGE_24H, "price24hPcnt", "change24h");
        name(TickerFigure.VOLUME_24H, "volume24h");
        name(TickerFigure.TURNOVER_24H, "turnover24h");
        name(TickerFigure.TOTAL_VOLUME, "totalVolume");
        name(TickerFigure.TOTAL_TURNOVER, "totalTurnover");
        name(TickerFigure.OPEN_INTEREST, "openInterest");
        name(TickerFigure.OPEN_INTEREST_VALUE, "openInterestValue");
        name(TickerFigure.SINGLE_OPEN_INTEREST, "singleOpenInterest");
        name(TickerFigure.SINGLE_OPEN_INTEREST_VALUE, "singleOpenInterestValue");
        name(TickerFigure.FUNDING_RATE, "fundingRate");
        name(TickerFigure.FUNDING_CAP, "fundingCap");
        name(TickerFigure.FUNDING_INTERVAL_HOURS, "fundingIntervalHour");
        name(TickerFigure.BASIS, "basis");
        name(TickerFigure.BASIS_RATE, "basisRate");
        name(TickerFigure.BASIS_RATE_YEAR, "basisRateYear");
        name(TickerFigure.DELIVERY_FEE_RATE, "deliveryFeeRate");
        name(TickerFigure.PREDICTED_DELIVERY_PRICE, "predictedDeliveryPrice");
        name(TickerFigure.PRE_OPEN_PRICE, "preOpenPrice");
        name(TickerFigure.PRE_QTY, "preQty");
        name(TickerFigure.BID_IV, "bidIv", "bid1Iv");
        name(TickerFigure.ASK_IV, "askIv", "ask1Iv");
        name(TickerFigure.MARK_IV, "markPriceIv", "markIv");
        name(TickerFigure.DELTA, "delta");
        name(TickerFigure.GAMMA, "gamma");
        name(TickerFigure.VEGA, "vega");
        name(TickerFigure.THETA, "theta");
    }

    private static final TickerFigure[] FIGURES = TickerFigure.values();

    private final BigDecimal[] values = new BigDecimal[FIGURES.length];
    private final boolean[] named = new boolean[FIGURES.length];
    private boolean fundingNamed;
    private long nextFundingMicros;

    private static void name(TickerFigure figure, String... names) {
        for (String name : names) {
            NAMES.put(name, figure);
        }
    }

    /** The figure with the venue's name, or null if it is not used. */
    static TickerFigure figure(String name) {
        return NAMES.get(name);
    }

    void clear() {
        for (int i = 0; i < values.length; i++) {
            values[i] = null;
            named[i] = false;
        }
        fundingNamed = false;
        nextFundingMicros = -1;
    }

    /** Whether the frame contains the figure. */
    boolean names(TickerFigure figure) {
        return named[figure.ordinal()];
    }

    /** Number of figures with a value. */
    public int count() {
        int count = 0;
        for (BigDecimal value : values) {
            count += value == null ? 0 : 1;
        }
        return count;
    }

    /** @param value null if the venue sends an empty value */
    void set(TickerFigure figure, BigDecimal value) {
        named[figure.ordinal()] = true;
        values[figure.ordinal()] = value;
    }

    /** @param micros -1 if the venue sends an empty value */
    void nextFunding(long micros) {
        fundingNamed = true;
        nextFundingMicros = micros;
    }

    public boolean namesNextFunding() {
        return fundingNamed;
    }

    public long nextFundingMicros() {
        return nextFundingMicros;
    }

    /** Applies the fields to a ticker. */
    public void applyTo(TickerFigures.Builder picture) {
        for (TickerFigure figure : FIGURES) {
            if (named[figure.ordinal()]) {
                picture.set(figure, values[figure.ordinal()]);
            }
        }
        if (picture.get(TickerFigure.BID_PRICE) == null) {
            picture.set(TickerFigure.BID_QTY, null);
        }
        if (picture.get(TickerFigure.ASK_PRICE) == null) {
            picture.set(TickerFigure.ASK_QTY, null);
        }
    }
}
