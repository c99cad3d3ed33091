package dev.livefeed.app.metrics;

import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * Prometheus metrics of rows, levels and fields that the connector could not read, from the figures of its heartbeat.
 * They restart at 0 with its process.
 */
public final class UnreadableMeters implements MeterBinder {

    private final FeedState feed;
    private final Tags tags;

    /** @param venue label of the source if there are several, else null */
    public UnreadableMeters(FeedState feed, String venue) {
        this.tags = venue == null ? Tags.empty() : Tags.of("venue", venue);
        this.feed = feed;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (UnreadableReason reason : UnreadableReason.values()) {
            series(registry, reason.toString(), report -> report.unreadable(reason));
        }
        series(registry, "other", FeedSnapshot.Report::unreadableOtherwise);
    }

    private void series(MeterRegistry registry, String reason, ToDoubleFunction<FeedSnapshot.Report> count) {
        FunctionCounter.builder(
                        "livefeed.unreadable.rows",
                        feed,
                        state -> count.applyAsDouble(state.snapshot().report()))
                .description("Rows, levels and fields that the connector could not read")
                .tag("reason", reason)
                .tags(tags)
                .register(registry);
    }
}
