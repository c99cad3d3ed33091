package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.ContextView;
import java.time.LocalDate;

/** The levels of a symbol. */
public record LevelsResponse(
        @JsonUnwrapped ContextLevels levels,
        @JsonUnwrapped InstrumentBody instrument,
        LocalDate day,
        Approximate approximate,
        boolean synthetic) {

    public static LevelsResponse of(ContextView view) {
        return new LevelsResponse(
                ContextLevels.of(view, view.vwap()),
                InstrumentBody.of(view.instrument()),
                view.day(),
                Approximate.of(view),
                view.synthetic());
    }
}
