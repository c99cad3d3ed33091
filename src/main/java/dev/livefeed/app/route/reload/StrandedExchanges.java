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
 * Frees threads that wait for an exchange to come out of a route that has been removed. A {@code delay}, for one, forgets with its route
 * what it was to wake up, and whoever waits for that waits for ever. The line of the connector has a release of its own.
 */
public final class StrandedExchanges {

    private static final Logger LOG = LoggerFactory.getLogger(StrandedExchanges.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private final CamelContext context;
    private final Map<AwaitThread, Long> since = new HashMap<>();

    public StrandedExchanges(CamelContext context) {
        this.context = context;
    }

    /** Looks for such threads; several times a second, by one thread. */
    public void look(long now) {
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
            } else if (now - since.computeIfAbsent(waiting, w -> now) > PATIENCE_MILLIS) {
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
