package dev.livefeed.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.Supplier;

/** Which sources are used: all of them, or one of a source and its standby. */
public final class SourceUsedMeters implements MeterBinder {

    private final List<String> venues;
    private final Supplier<String> idle;

    /** @param idle venue of the source that is not used; null if all are */
    public SourceUsedMeters(List<String> venues, Supplier<String> idle) {
        this.venues = List.copyOf(venues);
        this.idle = idle;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String venue : venues) {
            Gauge.builder("livefeed.source.used", () -> venue.equals(idle.get()) ? 0 : 1)
                    .description("0 for the one of a source and its standby that is not used")
                    .tags(venues.size() > 1 ? Tags.of("venue", venue) : Tags.empty())
                    .register(registry);
        }
    }
}
