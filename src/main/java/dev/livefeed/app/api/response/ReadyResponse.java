package dev.livefeed.app.api.response;

import java.util.List;

/** Whether the feed is ready, with the reasons if it is not. */
public record ReadyResponse(
        String status, String state, boolean synthetic, List<String> reasons, ReadinessBody readiness)
        implements StatusResponse {

    /** @param reasons why it is not ready; empty if it is */
    public static ReadyResponse of(String state, boolean synthetic, List<String> reasons, ReadinessBody readiness) {
        return new ReadyResponse(reasons.isEmpty() ? "UP" : "DOWN", state, synthetic, reasons, readiness);
    }

    @Override
    public int httpStatus() {
        return reasons.isEmpty() ? 200 : 503;
    }
}
