package dev.livefeed.app.route;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/** Runs reports to the log every second while the application runs. */
public final class LogReports extends ServiceSupport {

    private final CamelContext context;
    private final List<Runnable> reports;
    private ScheduledExecutorService thread;

    /** @param reports must not throw; an exception ends all reports */
    public LogReports(CamelContext context, List<Runnable> reports) {
        this.context = context;
        this.reports = reports;
    }

    @Override
    protected void doStart() {
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "log-reports");
        thread.scheduleWithFixedDelay(() -> reports.forEach(Runnable::run), 1, 1, TimeUnit.SECONDS);
    }

    @Override
    protected void doStop() {
        context.getExecutorServiceManager().shutdownNow(thread);
    }
}
