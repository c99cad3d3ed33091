package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Figures derived from a book; null if a side is empty or the book may not be read.
 *
 * @param spread best ask minus best bid
 * @param mid midpoint of best bid and best ask
 * @param microprice {@code (bid x ask size + ask x bid size) / (bid size + ask size)}, 8 digits finer than the prices,
 *     rounded half even
 * @param imbalance over the first levels of each side: {@code (bid sizes - ask sizes) / (bid sizes + ask sizes)}, from
 *     -1 to 1, 8 digits, rounded half even
 * @param imbalanceLevels the requested number of levels a side
 */
public record BookFigures(
        BigDecimal spread, BigDecimal mid, BigDecimal microprice, BigDecimal imbalance, int imbalanceLevels) {

    private static final int DIGITS = 8;

    /**
     * The figures of a book.
     *
     * @param levels maximum number of levels a side for the imbalance, at least 1
     */
    public static BookFigures of(BookView book, int levels) {
        Levels bids = book.bids();
        Levels asks = book.asks();
        if (bids.isEmpty() || asks.isEmpty()) {
            return new BookFigures(null, null, null, null, levels);
        }
        BigDecimal bid = bids.price(0);
        BigDecimal ask = asks.price(0);
        BigDecimal bidSize = bids.qty(0);
        BigDecimal askSize = asks.qty(0);
        int scale = Math.max(bids.priceScale(), asks.priceScale()) + DIGITS;
        BigDecimal micro = bid.multiply(askSize)
                .add(ask.multiply(bidSize))
                .divide(bidSize.add(askSize), scale, RoundingMode.HALF_EVEN);
        BigDecimal below = size(bids, levels);
        BigDecimal above = size(asks, levels);
        BigDecimal imbalance = below.subtract(above).divide(below.add(above), DIGITS, RoundingMode.HALF_EVEN);
        BigDecimal mid = bid.add(ask).divide(BigDecimal.valueOf(2));
        return new BookFigures(ask.subtract(bid), mid, micro, imbalance, levels);
    }

    private static BigDecimal size(Levels side, int levels) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < Math.min(levels, side.size()); i++) {
            sum = sum.add(side.qty(i));
        }
        return sum;
    }
}
