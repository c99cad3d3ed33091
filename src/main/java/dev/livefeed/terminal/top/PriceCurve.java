package dev.livefeed.terminal.top;

import dev.livefeed.terminal.screen.Glyphs;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;

/** Prices as a line of columns; each is as high as its price between the lowest and the highest. */
final class PriceCurve {

    private final List<BigDecimal> prices;
    private final BigDecimal low;
    private final BigDecimal high;

    /** @param prices at least one */
    PriceCurve(List<BigDecimal> prices) {
        this.prices = prices;
        low = Collections.min(prices);
        high = Collections.max(prices);
    }

    String text(Glyphs glyphs) {
        BigDecimal range = high.subtract(low);
        StringBuilder text = new StringBuilder(prices.size());
        for (BigDecimal price : prices) {
            double share = range.signum() == 0
                    ? 0.4
                    : price.subtract(low).divide(range, MathContext.DECIMAL32).doubleValue();
            text.append(glyphs.height(share));
        }
        return text.toString();
    }

    String low() {
        return low.toPlainString();
    }

    String high() {
        return high.toPlainString();
    }
}
