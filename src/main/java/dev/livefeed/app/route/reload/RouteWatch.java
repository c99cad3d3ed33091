package dev.livefeed.app.route.reload;

import dev.livefeed.app.health.BlockedWatch;
import dev.livefeed.app.process.LineRelease;
import dev.livefeed.logging.LogVenue;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks four times a second whether a route step blocks, on a thread that no route can block. */
public final class RouteWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);
    private static final long EACH_MILLIS = 250;

    /** Shutdown timeout of a route that is known to hold a line forever. */
    private static final long SHORT_SECONDS = 3;

    private final ShutdownStrategy shutdown;
    /** The normal timeout; 0 while it is in effect. */
    private long usualTimeout;

    private volatile boolean stopping;

    private final List<OfSource> sources;
    private final StrandedExchanges stranded;
    private final LongSupplier millis;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "route-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** What looks after the lines of one connector. */
    public record OfSource(String venue, BlockedWatch blocked, LineRelease release) {

        private void look(long now) {
            LogVenue.in(venue, () -> blocked.check(now)).run();
        }

        private void releaseDue(long now) {
            LogVenue.in(venue, () -> release.check(now)).run();
        }
    }

    /** @param millis a monotonic clock, milliseconds */
    public RouteWatch(CamelContext context, List<OfSource> sources, LongSupplier millis) {
        this.shutdown = context.getShutdownStrategy();
        this.sources = sources;
        this.stranded = new StrandedExchanges(context);
        this.millis = millis;
    }

    public void start() {
        executor.scheduleWithFixedDelay(this::check, EACH_MILLIS, EACH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The application is stopping: exchanges in the routes must leave. */
    public void stopping() {
        stopping = true;
        sources.forEach(one -> one.release().stop());
        shorten(isBlocked() || sources.stream().anyMatch(one -> one.release().released() > 0));
    }

    public void stop() {
        executor.shutdownNow();
    }

    private boolean isBlocked() {
        return sources.stream().anyMatch(one -> one.blocked().own() != null);
    }

    private synchronized void shorten(boolean wanted) {
        if (wanted && usualTimeout == 0) {
            usualTimeout = shutdown.getTimeout();
            shutdown.setTimeout(
                    Math.min(usualTimeout, shutdown.getTimeUnit().convert(SHORT_SECONDS, TimeUnit.SECONDS)));
        } else if (!wanted && usualTimeout != 0) {
            shutdown.setTimeout(usualTimeout);
            usualTimeout = 0;
        }
    }

    private void check() {
        try {
            long now = millis.getAsLong();
            sources.forEach(one -> one.look(now));
            if (!stopping) {
                shorten(isBlocked());
            }
            sources.forEach(one -> one.releaseDue(now));
            stranded.check(now);
        } catch (RuntimeException | Error e) {
            LOG.error("route_watch_failed: internal error", e);
        }
    }
}
