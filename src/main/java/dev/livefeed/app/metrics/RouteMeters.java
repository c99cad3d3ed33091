package dev.livefeed.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.LongSupplier;

/** Prometheus metrics of reloaded route files. */
public final class RouteMeters implements MeterBinder {

    /** Keeps the suppliers alive: Micrometer only holds weak references to them. */
    private final List<LongSupplier> suppliers;

    /**
     * @param reloads number of applied edits
     * @param refused number of refused edits
     */
    public RouteMeters(LongSupplier reloads, LongSupplier refused) {
        this.suppliers = List.of(reloads, refused);
    }

    /** Registers all metrics. Must be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "livefeed.route.reloads", "Edits of route files that were applied", suppliers.get(0));
        count(registry, "livefeed.route.edits.refused", "Edits of route files that were refused", suppliers.get(1));
    }

    private static void count(MeterRegistry registry, String name, String description, LongSupplier value) {
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }
}
