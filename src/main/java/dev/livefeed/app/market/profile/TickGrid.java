package dev.livefeed.app.market.profile;

import dev.livefeed.app.market.exact.Decimal;
import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The bins of a profile: prices floored to whole ticks, in decimal arithmetic. Immutable. */
final class TickGrid {

    private final BigDecimal size;
    private final int scale;
    private final long unscaled;

    /** @throws IllegalArgumentException if the size is not above 0 or needs more than 18 digits */
    TickGrid(BigDecimal size) {
        if (size.signum() <= 0) {
            throw new IllegalArgumentException("the tick size is " + size + ", it must be above 0");
        }
        BigDecimal plain = size.stripTrailingZeros();
        Decimal exact = new Decimal().set(plain, "the tick size");
        this.size = plain.scale() < 0 ? plain.setScale(0) : plain;
        this.scale = exact.scale();
        this.unscaled = exact.unscaled();
    }

    BigDecimal size() {
        return size;
    }

    /**
     * The number of the bin of a price that is not negative.
     *
     * @throws ArithmeticException if that number does not fit into a long
     */
    long bin(Decimal price) {
        int by = scale - price.scale();
        if (by == 0) {
            return price.unscaled() / unscaled;
        }
        if (by > 0 && Levels.rescalable(price.unscaled(), by)) {
            return Levels.rescale(price.unscaled(), by) / unscaled;
        }
        if (by < 0 && Levels.rescalable(unscaled, -by)) {
            return price.unscaled() / Levels.rescale(unscaled, -by);
        }
        return BigDecimal.valueOf(price.unscaled(), price.scale())
                .divide(size, 0, RoundingMode.FLOOR)
                .longValueExact();
    }

    /** The lower edge of a bin. */
    BigDecimal price(long bin) {
        return size.multiply(BigDecimal.valueOf(bin));
    }

    /** Whether every bin of the finer grid lies within one bin of this grid. */
    boolean holds(TickGrid finer) {
        return size.remainder(finer.size).signum() == 0;
    }
}
