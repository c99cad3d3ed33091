package dev.livefeed.exchange.market;

import dev.livefeed.exchange.wire.AsciiText;
import java.math.BigDecimal;

/**
 * The smallest step of a price (tick) or a size (lot). The market counts in whole steps; this class formats the counts
 * as the venue does.
 *
 * @param units the step in units of 10^-scale, for example 10 for "0.10"
 * @param scale digits after the decimal point
 */
public record Step(long units, int scale) {

    /** Reads "0.10" as 10 units of 10^-2. */
    public static Step parse(String text) {
        BigDecimal value = new BigDecimal(text);
        if (value.signum() <= 0 || value.scale() < 0) {
            throw new IllegalArgumentException("step is " + text + ", must be a plain decimal greater than 0");
        }
        return new Step(value.unscaledValue().longValueExact(), value.scale());
    }

    public double value() {
        return units / Math.pow(10, scale);
    }

    /** The nearest number of whole steps, at least 1. */
    public long count(double value) {
        return Math.max(1, Math.round(value / this.value()));
    }

    public void write(AsciiText out, long count, boolean trim) {
        out.addDecimal(count * units, scale, trim);
    }

    public String text(long count, boolean trim) {
        return new AsciiText(24).addDecimal(count * units, scale, trim).toString();
    }

    /** The step itself, padded with zeros. */
    public String text() {
        return text(1, false);
    }
}
