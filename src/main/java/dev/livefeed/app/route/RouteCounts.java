package dev.livefeed.app.route;

import dev.livefeed.app.api.state.RouteCount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Counts the exchanges of the routes that are from files, and those that failed. An edit of a route does not reset its
 * counts.
 */
public final class RouteCounts implements RoutePolicyFactory {

    /** Exchange property: the route in which it failed, a {@link FailedRoute}. */
    static final String FAILED_ROUTE = "failedRoute";

    private final Map<String, Counts> byRoute = new ConcurrentHashMap<>();

    /**
     * The innermost route that an exception has left. Camel names the one that handles it, which may have called the
     * other.
     */
    record FailedRoute(String route, Throwable cause) {

        /** The route that the exception has left first, or null. */
        static String route(Exchange exchange, Throwable cause) {
            return exchange.getProperty(FAILED_ROUTE) instanceof FailedRoute failure && failure.cause == cause
                    ? failure.route
                    : null;
        }
    }

    /** The counts of one route. */
    private static final class Counts extends RoutePolicySupport {

        private final LongAdder total = new LongAdder();
        private final LongAdder failed = new LongAdder();

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            total.increment();
            Throwable cause = exchange.getException();
            if (cause != null && FailedRoute.route(exchange, cause) == null) {
                exchange.setProperty(FAILED_ROUTE, new FailedRoute(route.getRouteId(), cause));
            }
            if (exchange.isFailed() || exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT) != null) {
                failed.increment();
            }
        }
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode node) {
        return node instanceof RouteDefinition route && route.getResource() != null
                ? byRoute.computeIfAbsent(routeId, any -> new Counts())
                : null;
    }

    /** The routes that run, by id. */
    public List<RouteCount> list(CamelContext context) {
        byRoute.keySet().removeIf(id -> context.getRoute(id) == null);
        return context.getRoutes().stream()
                .filter(route -> byRoute.containsKey(route.getRouteId()))
                .sorted(Comparator.comparing(Route::getRouteId))
                .map(route -> count(context, route, byRoute.get(route.getRouteId())))
                .toList();
    }

    private static RouteCount count(CamelContext context, Route route, Counts counts) {
        String id = route.getRouteId();
        return new RouteCount(
                id,
                NewEventTypes.file(route),
                String.valueOf(context.getRouteController().getRouteStatus(id)).toLowerCase(java.util.Locale.ROOT),
                counts.total.sum(),
                counts.failed.sum(),
                context.getInflightRepository().size(id));
    }
}
