package dev.livefeed.app.route.reload;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.AsyncProcessorAwaitManager;
import org.apache.camel.spi.AsyncProcessorAwaitManager.AwaitThread;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases threads that wait for an exchange inside a removed route. A removed {@code delay}, for example, no longer
 * wakes its exchange, so the thread would wait forever. The connector's line has its own release mechanism.
 */
public final class StrandedExchanges {

    private static final Logger LOG = LoggerFactory.getLogger(StrandedExchanges.class);
    private static final long GRACE_MILLIS = 2_000;

    private final CamelContext context;
    private final Map<AwaitThread, Long> since = new HashMap<>();

    public StrandedExchanges(CamelContext context) {
        this.context = context;
    }

    /** Releases such threads; called several times a second by one thread. */
    public void check(long now) {
        AsyncProcessorAwaitManager manager =
                PluginHelper.getAsyncProcessorAwaitManager(context.getCamelContextExtension());
        if (manager.size() == 0) {
            since.clear();
            return;
        }
        since.keySet().retainAll(manager.browse());
        for (AwaitThread waiting : manager.browse()) {
            Route route = route(waiting);
            if (route == null
                    || context.getRoute(route.getRouteId()) == route
                    || waiting.getBlockedThread().getName().equals("connector-stdout")) {
                since.remove(waiting);
            } else if (now - since.computeIfAbsent(waiting, w -> now) > GRACE_MILLIS) {
                since.remove(waiting);
                LOG.warn(
                        "route_wait_ended route={} thread={}: the route was replaced while an exchange was in it",
                        route.getRouteId(),
                        waiting.getBlockedThread().getName());
                waiting.getBlockedThread().interrupt();
            }
        }
    }

    private static Route route(AwaitThread waiting) {
        UnitOfWork unit = waiting.getExchange().getUnitOfWork();
        return unit == null ? null : unit.getRoute();
    }
}
