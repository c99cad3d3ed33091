package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The summary of a market. Always complete, even if the exchange sends only changes.
 *
 * @param instrument what is traded
 * @param timestampMicros exchange time, microseconds since 1970
 * @param figures the figures, at least one
 * @param nextFundingMicros time of the next funding, microseconds since 1970, or -1
 * @param seq the exchange's cross sequence, or -1
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
 */
public record Ticker(
        InstrumentId instrument,
        long timestampMicros,
        TickerFigures figures,
        long nextFundingMicros,
        long seq,
        long receivedAt,
        boolean synthetic)
        implements MarketEvent {

    public static final String TYPE = "ticker";

    /** @param category null if it is not known */
    public Ticker(
            String symbol,
            String category,
            long timestampMicros,
            TickerFigures figures,
            long nextFundingMicros,
            long seq,
            long receivedAt,
            boolean synthetic) {
        this(
                InstrumentId.of(null, category, symbol),
                timestampMicros,
                figures,
                nextFundingMicros,
                seq,
                receivedAt,
                synthetic);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String channel() {
        return TYPE;
    }

    /** A figure, or null if the ticker does not contain it. */
    public BigDecimal figure(TickerFigure figure) {
        return figures.get(figure);
    }

    /** Price of the last trade, or null. */
    public BigDecimal lastPrice() {
        return figure(TickerFigure.LAST_PRICE);
    }

    /** Best bid, or null if there is none or the market's ticker does not contain it. */
    public BigDecimal bidPrice() {
        return figure(TickerFigure.BID_PRICE);
    }

    /** Size of the best bid, or null. */
    public BigDecimal bidQty() {
        return figure(TickerFigure.BID_QTY);
    }

    /** Best ask, or null if there is none or the market's ticker does not contain it. */
    public BigDecimal askPrice() {
        return figure(TickerFigure.ASK_PRICE);
    }

    /** Size of the best ask, or null. */
    public BigDecimal askQty() {
        return figure(TickerFigure.ASK_QTY);
    }

    /** Mark price, or null. */
    public BigDecimal markPrice() {
        return figure(TickerFigure.MARK_PRICE);
    }

    /** Index price, or null. */
    public BigDecimal indexPrice() {
        return figure(TickerFigure.INDEX_PRICE);
    }

    /** Funding rate of the current period, or null. */
    public BigDecimal fundingRate() {
        return figure(TickerFigure.FUNDING_RATE);
    }

    /** Open interest, or null. */
    public BigDecimal openInterest() {
        return figure(TickerFigure.OPEN_INTEREST);
    }

    /** Volume of the last 24 hours, or null. */
    public BigDecimal volume24h() {
        return figure(TickerFigure.VOLUME_24H);
    }

    /** Time of the next funding, or null. */
    public Instant nextFundingTime() {
        return nextFundingMicros < 0 ? null : Times.instant(nextFundingMicros);
    }
}
