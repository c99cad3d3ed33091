package dev.livefeed.app.api.response;

import dev.livefeed.app.backfill.MissingTrades;
import java.util.List;

/**
 * How far the backfill is.
 *
 * @param holes minutes that the running feed has missed
 */
public record BackfillResponse(
        Progress progress,
        String mode,
        int filledMinutes,
        int failedSymbols,
        List<String> failures,
        String circuit,
        MissingTrades.Counts holes) {

    /** @param eta seconds to go, or null if that is not known */
    public record Progress(int current, int total, int percentage, String status, Long eta) {}
}
