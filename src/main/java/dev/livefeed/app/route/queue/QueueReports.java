package dev.livefeed.app.route.queue;

import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.queue.QueueLog;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/** Logs changes of the queues every second while the application runs, and once at shutdown. */
public final class QueueReports extends ServiceSupport {

    private final CamelContext context;
    private final BoundedQueues<?> queues;
    private final QueueLog log;
    private ScheduledExecutorService thread;

    public QueueReports(CamelContext context, BoundedQueues<?> queues, QueueLog log) {
        this.context = context;
        this.queues = queues;
        this.log = log;
    }

    @Override
    protected void doStart() {
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "queue-reports");
        thread.scheduleWithFixedDelay(this::report, 1, 1, TimeUnit.SECONDS);
    }

    private void report() {
        Instant now = Instant.now();
        queues.list(now);
        log.report(now);
    }

    @Override
    protected void doStop() {
        context.getExecutorServiceManager().shutdownNow(thread);
    }
}
