package dev.livefeed.app.api;

import dev.livefeed.app.feed.FeedState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/**
 * Prometheus metrics of rows, levels and fields that the connector could not read, from the figures of its heartbeat.
 * They restart at 0 with its process.
 */
public final class UnreadableMeters implements MeterBinder {

    private static final String TOTAL = "unreadable_rows";
    private static final List<String> REASONS = List.of("form", "time", "number", "side", "id", "scale", "prices");

    private final FeedState feed;

    public UnreadableMeters(FeedState feed) {
        this.feed = feed;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        REASONS.forEach(reason -> series(registry, reason));
        series(registry, "other");
    }

    private void series(MeterRegistry registry, String reason) {
        FunctionCounter.builder("livefeed.unreadable.rows", this, meters -> meters.count(reason))
                .description("Rows, levels and fields that the connector could not read")
                .tag("reason", reason)
                .register(registry);
    }

    private double count(String reason) {
        if (!reason.equals("other")) {
            return figure(TOTAL + '_' + reason);
        }
        return Math.max(
                0,
                figure(TOTAL)
                        - REASONS.stream()
                                .mapToDouble(known -> figure(TOTAL + '_' + known))
                                .sum());
    }

    private double figure(String name) {
        return feed.snapshot().report().figures().get(name) instanceof Number number ? number.doubleValue() : 0;
    }
}
