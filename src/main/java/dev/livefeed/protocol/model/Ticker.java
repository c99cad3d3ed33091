package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The state of a market in a few figures: always the whole picture, whatever the exchange sends.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros when the exchange made it, microseconds since 1970
 * @param figures at least one
 * @param nextFundingMicros next time funding is paid, microseconds since 1970, or -1 where there is none
 * @param seq the exchange's cross sequence, or -1
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic made by a simulator, a stub or a replay: never to be shown as live
 */
public record Ticker(
        String symbol,
        String category,
        long timestampMicros,
        TickerFigures figures,
        long nextFundingMicros,
        long seq,
        long receivedAt,
        boolean synthetic)
        implements MarketEvent {

    public static final String TYPE = "ticker";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String channel() {
        return TYPE;
    }

    /** The figure, or null where the ticker does not tell it. */
    public BigDecimal figure(TickerFigure figure) {
        return figures.get(figure);
    }

    /** Price of the last trade, or null. */
    public BigDecimal lastPrice() {
        return figure(TickerFigure.LAST_PRICE);
    }

    /** Best bid, or null where there is none, or the market's ticker does not tell it. */
    public BigDecimal bidPrice() {
        return figure(TickerFigure.BID_PRICE);
    }

    /** Size of the best bid, or null. */
    public BigDecimal bidQty() {
        return figure(TickerFigure.BID_QTY);
    }

    /** Best ask, or null where there is none, or the market's ticker does not tell it. */
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

    /** Funding rate of the running period, or null. */
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

    /** Next time funding is paid, or null. */
    public Instant nextFundingTime() {
        return nextFundingMicros < 0 ? null : Times.instant(nextFundingMicros);
    }
}
