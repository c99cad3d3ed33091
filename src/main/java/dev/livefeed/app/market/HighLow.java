package dev.livefeed.app.market;

import java.math.BigDecimal;

/** The highest and the lowest price. Not thread-safe. */
final class HighLow {

    private BigDecimal high;
    private BigDecimal low;

    void add(BigDecimal price) {
        if (high == null || price.compareTo(high) > 0) {
            high = price;
        }
        if (low == null || price.compareTo(low) < 0) {
            low = price;
        }
    }

    void add(BigDecimal otherHigh, BigDecimal otherLow) {
        if (otherHigh != null && otherLow != null) {
            add(otherHigh);
            add(otherLow);
        }
    }

    HighLow copy() {
        HighLow copy = new HighLow();
        copy.high = high;
        copy.low = low;
        return copy;
    }

    /** Null if empty. */
    BigDecimal high() {
        return high;
    }

    /** Null if empty. */
    BigDecimal low() {
        return low;
    }
}
