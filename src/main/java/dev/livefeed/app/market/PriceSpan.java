package dev.livefeed.app.market;

import java.math.BigDecimal;

/** The highest and the lowest of some prices. Not thread-safe. */
final class PriceSpan {

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

    PriceSpan copy() {
        PriceSpan copy = new PriceSpan();
        copy.high = high;
        copy.low = low;
        return copy;
    }

    /** Null where there were none. */
    BigDecimal high() {
        return high;
    }

    /** Null where there were none. */
    BigDecimal low() {
        return low;
    }
}
