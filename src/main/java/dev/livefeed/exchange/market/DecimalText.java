package dev.livefeed.exchange.market;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats derived values, such as turnover and rates, that are not counted in ticks and lots. */
public final class DecimalText {

    private DecimalText() {}

    /** Rounded to a scale, without trailing zeros. */
    public static String decimal(double value, int scale) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Rounded to a scale, padded with zeros. */
    public static String padded(double value, int scale) {
        return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN).toPlainString();
    }
}
