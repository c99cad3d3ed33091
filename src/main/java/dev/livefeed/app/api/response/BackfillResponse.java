package dev.livefeed.app.api.response;

import dev.livefeed.app.backfill.MissingTrades;
import java.util.List;

/**
 * The progress of the backfill.
 *
 * @param holes minutes missed by the running feed
 */
public record BackfillResponse(
        Progress progress,
        String mode,
        int filledMinutes,
        long countedTrades,
        int failedSymbols,
        List<String> failures,
        String circuit,
        MissingTrades.Counts holes) {

    /** @param eta estimated remaining seconds, or null if unknown */
    public record Progress(int current, int total, int percentage, String status, Long eta) {}
}
