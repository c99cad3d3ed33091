package dev.livefeed.app.strategy;

import java.math.BigDecimal;

/**
 * A failed break of an old extreme: the last candle went beyond the highest high (lowest low) of the candles before it
 * and closed back inside.
 *
 * @param side {@code low} if a low was swept, {@code high}, or {@code none}
 * @param level the swept extreme, or null
 * @param divergence whether the cumulative delta diverged: at a swept low it is above its value when that low was made,
 *     so less selling pushed the price lower; the opposite at a high
 * @param spike absolute delta of the last candle in multiples of the mean absolute delta of the candles before it, two
 *     decimal places; null if that mean is 0
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
