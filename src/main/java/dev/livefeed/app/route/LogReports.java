package dev.livefeed.app.route;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs reports to the log every second while the application runs. */
public final class LogReports extends ServiceSupport {

    private final CamelContext context;
    private static final Logger LOG = LoggerFactory.getLogger(LogReports.class);

    private final List<Runnable> reports;
    private ScheduledExecutorService thread;

    /** @param reports called each second; one that throws does not affect the others */
    public LogReports(CamelContext context, List<Runnable> reports) {
        this.context = context;
        this.reports = reports;
    }

    @Override
    protected void doStart() {
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "log-reports");
        thread.scheduleWithFixedDelay(() -> reports.forEach(LogReports::run), 1, 1, TimeUnit.SECONDS);
    }

    private static void run(Runnable report) {
        try {
            report.run();
        } catch (RuntimeException e) {
            LOG.warn("report_failed reason=\"{}\"", e.toString(), e);
        }
    }

    @Override
    protected void doStop() {
        context.getExecutorServiceManager().shutdownNow(thread);
    }
}
