package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * The trades of one symbol in one period of time, by trade time. Sums are exact.
 *
 * @param startMicros start of the period, inclusive
 * @param endMicros end of the period, exclusive
 * @param closed false while trades may still be added
 * @param synthetic whether any of its trades comes from a simulator, a stub or a replay
 */
public record Candle(
        InstrumentId instrument,
        String timeframe,
        long startMicros,
        long endMicros,
        Prices prices,
        Volumes volumes,
        boolean closed,
        boolean synthetic) {

    /** Symbol of the instrument. */
    public String symbol() {
        return instrument.symbol();
    }

    /**
     * The prices of a candle.
     *
     * @param open price of the earliest trade; among equal times, of the one that arrived first
     * @param close price of the latest trade; among equal times, of the one that arrived last
     */
    public record Prices(BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {}

    /**
     * The sums of a candle.
     *
     * @param buy volume bought by takers
     * @param sell volume sold by takers
     * @param quote sum of price x quantity
     * @param trades number of trades
     */
    public record Volumes(BigDecimal buy, BigDecimal sell, BigDecimal quote, long trades) {}

    /** Decimal places of {@link #vwap}, rounded half to even. */
    public static final int VWAP_SCALE = 12;

    public BigDecimal open() {
        return prices.open();
    }

    public BigDecimal high() {
        return prices.high();
    }

    public BigDecimal low() {
        return prices.low();
    }

    public BigDecimal close() {
        return prices.close();
    }

    /** Volume bought by takers. */
    public BigDecimal buyVolume() {
        return volumes.buy();
    }

    /** Volume sold by takers. */
    public BigDecimal sellVolume() {
        return volumes.sell();
    }

    /** Sum of price x quantity. */
    public BigDecimal quoteVolume() {
        return volumes.quote();
    }

    /** Number of trades. */
    public long trades() {
        return volumes.trades();
    }

    /** Sum of the quantities. */
    public BigDecimal volume() {
        return volumes.buy().add(volumes.sell());
    }

    /** Bought minus sold volume. */
    public BigDecimal delta() {
        return volumes.buy().subtract(volumes.sell());
    }

    /** Volume-weighted average price. */
    public BigDecimal vwap() {
        return volumes.quote().divide(volume(), VWAP_SCALE, RoundingMode.HALF_EVEN);
    }

    /** High minus low. */
    public BigDecimal range() {
        return prices.high().subtract(prices.low());
    }

    public Instant start() {
        return Times.instant(startMicros);
    }

    public Instant end() {
        return Times.instant(endMicros);
    }
}
