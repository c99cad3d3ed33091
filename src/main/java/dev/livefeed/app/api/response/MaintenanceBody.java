package dev.livefeed.app.api.response;

import java.util.List;

/**
 * A maintenance that the exchange has announced.
 *
 * @param categories product categories that it is about; null for all
 * @param ongoing whether it has begun
 */
public record MaintenanceBody(
        String announcement,
        String title,
        String state,
        String begin,
        String end,
        List<String> categories,
        boolean ongoing) {}
