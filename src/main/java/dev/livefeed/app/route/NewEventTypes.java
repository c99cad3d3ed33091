package dev.livefeed.app.route;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Trade;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Event types that are newer than a copy of {@code events.camel.yaml}. Its route would drop such events; they are
 * handed on to the endpoint that takes them in the shipped file. A route that mentions a type decides about it.
 */
final class NewEventTypes implements RoutePolicyFactory {

    private static final Logger LOG = LoggerFactory.getLogger(NewEventTypes.class);

    private static final String BOOKING = Execution.BOOKING;
    private static final String ACCOUNT = "direct:account";
    static final Map<String, String> ENDPOINTS = Map.of(
            BOOKING,
            ACCOUNT,
            "adl",
            "direct:risk",
            "insurance",
            "direct:risk",
            "price_limit",
            "direct:risk",
            "rpi_depth",
            "direct:rpi-depth");

    private final CamelContext context;
    /** Types that were already logged, with the route. */
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** What the present definition of a route mentions, by the route's id. */
    private final Map<String, Mentions> mentionsOf = new ConcurrentHashMap<>();

    private record Mentions(RouteDefinition definition, Map<String, Boolean> byType) {}

    /** The event that a route for new types has taken last. */
    private volatile Object taken;

    NewEventTypes(CamelContext context) {
        this.context = context;
        context.addRoutePolicyFactory(this);
    }

    /** Notes what the routes for new types take. Each has its own policy, because it stops with its route. */
    @Override
    public RoutePolicy createRoutePolicy(CamelContext camelContext, String routeId, NamedNode node) {
        boolean takesNewTypes = node instanceof RouteDefinition route
                && ENDPOINTS.containsValue(uri(route.getInput().getEndpointUri()));
        return !takesNewTypes
                ? null
                : new RoutePolicySupport() {
                    @Override
                    public void onExchangeBegin(Route route, Exchange exchange) {
                        taken = exchange.getMessage().getBody();
                    }
                };
    }

    /** The endpoint for an event that its route has dropped, or null; called for every event after its route. */
    String endpoint(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Trade || body instanceof Depth || !(body instanceof Event event)) {
            return null;
        }
        String uri = ENDPOINTS.get(event.type());
        if (uri == null) {
            return null;
        }
        if (taken == event) {
            reached(event, uri);
            return null;
        }
        Route route = context.getRoute(exchange.getFromRouteId());
        if (route == null || mentions(route, event.type())) {
            return null;
        }
        warn(
                route,
                event.type(),
                "events of this type go to " + uri + "; add the type to the choice in this file, or replace it");
        return uri;
    }

    /** Returns whether a route consumes from it; a producer would wait for one. */
    boolean served(String uri) {
        return consumer(uri) != null;
    }

    /** The dropped event in an exchange of the endpoint. */
    Exchange exchange(Exchange dropped, String uri) {
        Endpoint endpoint = context.getEndpoint(uri);
        Exchange exchange = endpoint.createExchange();
        Event event = dropped.getMessage().getBody(Event.class);
        exchange.getMessage().setBody(event);
        exchange.getMessage().setHeader(EventDataFormat.TYPE, event.type());
        if (event.symbol() != null) {
            exchange.getMessage().setHeader(EventDataFormat.SYMBOL, event.symbol());
        }
        return exchange;
    }

    /** Logs once if the account route chooses by type, but knows no bookings. */
    void reached(Event event, String uri) {
        Route route = event.type().equals(BOOKING) ? consumer(uri) : null;
        if (route != null && !mentions(route, BOOKING) && mentions(route, Execution.TYPE)) {
            warn(route, BOOKING, "no branch takes bookings (funding, settlement, …); add one, or replace the file");
        }
    }

    private Route consumer(String uri) {
        Endpoint endpoint = context.getEndpoint(uri);
        return context.getRoutes().stream()
                .filter(route -> route.getEndpoint() == endpoint)
                .findFirst()
                .orElse(null);
    }

    private boolean mentions(Route route, String type) {
        RouteDefinition definition = ((ModelCamelContext) context).getRouteDefinition(route.getRouteId());
        if (definition == null) {
            return false;
        }
        if (mentionsOf
                        .getOrDefault(route.getRouteId(), new Mentions(null, Map.of()))
                        .definition()
                != definition) {
            mentionsOf.put(route.getRouteId(), new Mentions(definition, new ConcurrentHashMap<>()));
        }
        return mentionsOf.get(route.getRouteId()).byType().computeIfAbsent(type, any -> mentions(definition, type));
    }

    private static boolean mentions(RouteDefinition definition, String type) {
        Pattern word = Pattern.compile("(?<![\\w-])" + type + "(?![\\w-])");
        List<ProcessorDefinition<?>> steps = definition.getOutputs();
        Stream<ExpressionDefinition> expressions =
                ProcessorDefinitionHelper.filterTypeInOutputs(steps, ExpressionNode.class).stream()
                        .map(node -> node.getExpression());
        // Camel looks into the branches of a choice, but does not list the branches themselves.
        Stream<ExpressionDefinition> branches =
                ProcessorDefinitionHelper.filterTypeInOutputs(steps, ChoiceDefinition.class).stream()
                        .flatMap(choice -> choice.getWhenClauses().stream())
                        .map(when -> when.getExpression());
        return Stream.concat(expressions, branches)
                .anyMatch(expression -> expression != null
                        && expression.getExpression() != null
                        && word.matcher(expression.getExpression()).find());
    }

    private void warn(Route route, String type, String what) {
        if (logged.add(type + ' ' + route.getRouteId())) {
            LOG.warn(
                    "event_type_unknown_to_route type={} route={} file=\"{}\": an earlier version of the file; {}",
                    type,
                    route.getRouteId(),
                    file(route),
                    what);
        }
    }

    /** The endpoint without its options. */
    static String uri(String endpoint) {
        return endpoint.replace("://", ":").replaceAll("\\?.*", "");
    }

    /** Name of the file with the route. */
    static String file(Route route) {
        String location = route.getSourceResource() == null
                ? null
                : route.getSourceResource().getLocation();
        return location == null ? "?" : location.substring(location.lastIndexOf('/') + 1);
    }
}
