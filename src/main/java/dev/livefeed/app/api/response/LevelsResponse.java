package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.ContextView;
import java.time.LocalDate;

/** The levels of a symbol. */
public record LevelsResponse(
        @JsonUnwrapped ContextLevels levels, String symbol, LocalDate day, Approximate approximate, boolean synthetic) {

    public static LevelsResponse of(ContextView view) {
        return new LevelsResponse(
                ContextLevels.of(view, view.vwap()), view.symbol(), view.day(), Approximate.of(view), view.synthetic());
    }
}
