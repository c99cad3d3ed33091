package dev.livefeed.exchange.venue;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Text of derived figures (turnover, rates): those that are not counted in whole ticks and lots. */
public final class DecimalText {

    private DecimalText() {}

    /** Rounded to a scale, zeros at the end left out. */
    public static String decimal(double value, int scale) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Rounded and padded to a scale. */
    public static String padded(double value, int scale) {
        return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN).toPlainString();
    }
}
