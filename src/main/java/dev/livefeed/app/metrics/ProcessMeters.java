package dev.livefeed.app.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;

/**
 * Processor time of the application under the names that Prometheus's own clients use. Micrometer's binder counts in
 * nanoseconds and has a gauge that ends in {@code _count}, which promtool rejects.
 */
public final class ProcessMeters implements MeterBinder {

    private static final double NANOS = 1e9;

    @Override
    public void bindTo(MeterRegistry registry) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        FunctionCounter.builder("process.cpu.seconds", system, bean -> bean.getProcessCpuTime() / NANOS)
                .description("Processor time of the application, all threads")
                .register(registry);
        Gauge.builder("process.cpu.usage", system, OperatingSystemMXBean::getProcessCpuLoad)
                .description("Share of all processors that the application uses, 0 to 1")
                .register(registry);
        Gauge.builder("system.cpu.usage", system, OperatingSystemMXBean::getCpuLoad)
                .description("Share of all processors that is used, 0 to 1")
                .register(registry);
        Gauge.builder("system.cpus", system, OperatingSystemMXBean::getAvailableProcessors)
                .description("Processors available to the application")
                .register(registry);
        Gauge.builder("system.load.average.1m", system, OperatingSystemMXBean::getSystemLoadAverage)
                .description("Runnable threads of the machine, mean of a minute")
                .register(registry);
    }
}
