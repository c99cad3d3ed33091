package dev.livefeed.app.strategy;

import java.math.BigDecimal;

/**
 * A run through an old extreme that did not hold: the last candle went beyond the highest high (lowest low) of the
 * candles before it and closed back inside.
 *
 * @param side {@code low} where a low was swept, {@code high}, or {@code none}
 * @param level the extreme that was swept, or null
 * @param divergence whether the running delta did not follow: at a swept low it stands above where it stood when that
 *     low was made, so sellers pushed the price lower with less; the other way round at a high
 * @param spike size of the last candle's delta in multiples of the mean size of the candles before it, two digits; null
 *     where these had none
 */
public record Sweep(String side, BigDecimal level, boolean divergence, BigDecimal spike) {

    static final Sweep NONE = new Sweep("none", null, false, null);

    public boolean isLow() {
        return side.equals("low");
    }

    public boolean isHigh() {
        return side.equals("high");
    }
}
