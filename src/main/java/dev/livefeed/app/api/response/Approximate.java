package dev.livefeed.app.api.response;

import dev.livefeed.app.market.ContextView;

/** Whether candles replace trades that were not recorded. */
public record Approximate(boolean today, boolean previousDay) {

    public static Approximate of(ContextView view) {
        return new Approximate(view.approximate(), view.previous().approximate());
    }
}
