package dev.livefeed.app.route.outcome;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.protocol.codec.InvalidEventException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Counts the exchanges of the routes that are from files, those that failed, and in which step. An edit of a route does
 * not reset its counts.
 */
public final class RouteCounts implements RoutePolicyFactory, RouteOutcomes {

    /** Exchange property: id of the step that threw. */
    private static final String FAILED_STEP = "livefeedFailedStep";

    private final Map<String, Counts> byRoute = new ConcurrentHashMap<>();

    /** The counts of one route. */
    private static final class Counts extends RoutePolicySupport {

        private final LongAdder total = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder failedHere = new LongAdder();
        private volatile LastFailure last;
        /** Null while the last exchange succeeded. */
        private volatile Instant failingSince;

        private record LastFailure(String step, Throwable cause) {}

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            total.increment();
            Throwable caught = exchange.getException();
            if (caught != null) {
                FailedRoute.left(exchange, caught, route.getRouteId());
            } else {
                caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
            }
            if (caught != null || exchange.isFailed()) {
                failed.increment();
                failure(route, exchange, caught);
            } else if (failingSince != null) {
                failingSince = null;
            }
        }

        /** An invalid line and a refused request are the fault of those who sent them. */
        private void failure(Route route, Exchange exchange, Throwable caught) {
            String left = FailedRoute.route(exchange, caught);
            String place =
                    left != null ? left : exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class);
            boolean here = place == null ? exchange.isFailed() : place.equals(route.getRouteId());
            if (!here || caught instanceof InvalidEventException || caught instanceof ApiException) {
                return;
            }
            if (failingSince == null) {
                failingSince = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            }
            // If no handler of this route has run, its last step is the one that threw.
            String step = exchange.getException() != null
                    ? exchange.getExchangeExtension().getHistoryNodeId()
                    : exchange.getProperty(FAILED_STEP, String.class);
            last = new LastFailure(step, caught);
            failedHere.increment();
        }

        private RouteOutcome outcome() {
            // In this order an exchange that ends meanwhile never looks like a success.
            long all = total.sum();
            LastFailure failure = last;
            return new RouteOutcome(
                    Math.max(0, all - failed.sum()),
                    failedHere.sum(),
                    failingSince,
                    failure == null ? null : failure.step,
                    failure == null ? null : failure.cause);
        }
    }

    /** The counts of one route, for people. */
    public record Figures(long total, long failed) {}

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode node) {
        if (!(node instanceof RouteDefinition route) || route.getResource() == null) {
            return null;
        }
        for (ProcessorDefinition<?> output : route.getOutputs()) {
            if (output instanceof OnExceptionDefinition handler
                    && handler.getOnExceptionOccurred() == null
                    && handler.getOnExceptionOccurredRef() == null) {
                // Called before the handler's own steps, so that the last step is still the one that threw.
                handler.setOnExceptionOccurred(exchange -> exchange.setProperty(
                        FAILED_STEP, exchange.getExchangeExtension().getHistoryNodeId()));
            }
        }
        return byRoute.computeIfAbsent(routeId, any -> new Counts());
    }

    /** Forgets routes that do not run any more. */
    public void retain(CamelContext context) {
        byRoute.keySet().removeIf(id -> context.getRoute(id) == null);
    }

    /** The counts of a route; null if it is not counted. */
    public Figures figures(String route) {
        Counts counts = byRoute.get(route);
        return counts == null ? null : new Figures(counts.total.sum(), counts.failed.sum());
    }

    @Override
    public RouteOutcome of(String route) {
        Counts counts = byRoute.get(route);
        return counts == null ? RouteOutcome.NONE : counts.outcome();
    }
}
