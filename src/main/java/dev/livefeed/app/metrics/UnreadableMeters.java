package dev.livefeed.app.metrics;

import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.protocol.status.Heartbeat.UnreadableFigures;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

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
            series(registry, reason.toString(), unreadable -> unreadable.of(reason));
        }
        series(registry, "other", UnreadableFigures::otherwise);
    }

    private void series(MeterRegistry registry, String reason, ToLongFunction<UnreadableFigures> count) {
        FunctionCounter.builder(
                        "livefeed.unreadable.rows",
                        feed,
                        state -> number(state.snapshot().report(), count))
                .description("Rows, levels and fields that the connector could not read")
                .tag("reason", reason)
                .tags(tags)
                .register(registry);
    }

    private static long number(FeedSnapshot.Report report, ToLongFunction<UnreadableFigures> count) {
        return report.received() ? count.applyAsLong(report.heartbeat().unreadable()) : 0;
    }
}
