package dev.livefeed.app.route;

import dev.livefeed.protocol.status.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases ended instruments for an earlier copy of {@code status.camel.yaml}, which has no step for it: each status is
 * given to the release before the first step of such a route.
 */
public final class EarlierStatusRoute implements RoutePolicyFactory {

    /** Name of the bean of the step. */
    public static final String RELEASE = "instrumentRelease";

    private static final Logger LOG = LoggerFactory.getLogger(EarlierStatusRoute.class);

    private final Consumer<Status> release;
    /** Routes of which it was logged. */
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    public EarlierStatusRoute(Consumer<Status> release) {
        this.release = release;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode node) {
        boolean without = node instanceof RouteDefinition route
                && NewEventTypes.uri(route.getInput().getEndpointUri()).equals("direct:status")
                && !releases(route);
        return !without
                ? null
                : new RoutePolicySupport() {
                    @Override
                    public void onExchangeBegin(Route route, Exchange exchange) {
                        if (exchange.getMessage().getBody() instanceof Status status) {
                            warn(route);
                            release.accept(status);
                        }
                    }
                };
    }

    private static boolean releases(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), BeanDefinition.class).stream()
                        .anyMatch(step -> RELEASE.equals(step.getRef()))
                || ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class).stream()
                        .anyMatch(
                                step -> NewEventTypes.uri(step.getEndpointUri()).equals("bean:" + RELEASE));
    }

    private void warn(Route route) {
        if (logged.add(route.getRouteId())) {
            LOG.warn(
                    "route_step_missing route={} file=\"{}\" bean={}: an earlier version of the file; instruments that"
                            + " have ended are released before its first step; add the step, or replace the file",
                    route.getRouteId(),
                    NewEventTypes.file(route),
                    RELEASE);
        }
    }
}
