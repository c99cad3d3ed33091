package dev.livefeed.app.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.LongSupplier;

/** Shows as Prometheus series what became of edits of the route files. */
public final class RouteMeters implements MeterBinder {

    /** Micrometer holds what it counts weakly only. */
    private final List<LongSupplier> held;

    /**
     * @param reloads edits taken over
     * @param refused edits that were not
     */
    public RouteMeters(LongSupplier reloads, LongSupplier refused) {
        this.held = List.of(reloads, refused);
    }

    /** Registers every series. To be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "livefeed.route.reloads", "Edits of route files that were taken over", held.get(0));
        count(registry, "livefeed.route.edits.refused", "Edits of route files that were refused", held.get(1));
    }

    private static void count(MeterRegistry registry, String name, String description, LongSupplier value) {
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }
}
