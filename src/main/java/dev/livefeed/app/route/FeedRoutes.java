package dev.livefeed.app.route;

import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.process.ConnectorListener;
import dev.livefeed.app.process.LineLocator;
import dev.livefeed.app.process.RouteStep;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.codec.InvalidReason;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the connector's lines into the routes one by one, on the reading thread. There is no queue: a slow route slows
 * down the connector through the pipe.
 */
public final class FeedRoutes implements ConnectorListener, LineLocator {

    /** Exchange property: the venue of the source that a line is from or a command is for, if there are several. */
    public static final String VENUE = "venue";

    private static final Logger LOG = LoggerFactory.getLogger(FeedRoutes.class);

    private final String name;
    private final String venue;
    private final Subscriptions subscriptions;
    private final DeadLetters deadLetters;
    private CamelContext context;
    private NewEventTypes newEventTypes;
    private volatile Endpoint events;
    private volatile Producer lines;
    private volatile ProducerTemplate template;
    /** The exchange in the routes, or null. */
    private volatile Exchange current;
    /** The exchange that was in a route when the route was replaced. */
    private volatile Exchange replaced;
    /** The last abandoned exchange: it may return at any time and must not be reported twice. */
    private volatile Exchange abandoned;

    /** @param name name of the data source, for markers in the stream */
    public FeedRoutes(String name, Subscriptions subscriptions, DeadLetters deadLetters) {
        this(name, null, subscriptions, deadLetters);
    }

    /**
     * @param name name of the data source, for markers in the stream
     * @param venue of its events if there are other sources beside it, else null
     */
    public FeedRoutes(String name, String venue, Subscriptions subscriptions, DeadLetters deadLetters) {
        this.name = name;
        this.venue = venue;
        this.subscriptions = subscriptions;
        this.deadLetters = deadLetters;
    }

    /** Binds to the context whose routes receive the events; must be called before it starts. */
    public void bind(CamelContext camelContext) {
        context = camelContext;
        newEventTypes = new NewEventTypes(camelContext);
        camelContext.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onRoutesRemove(Collection<Route> routes) {
                routes.forEach(FeedRoutes.this::removed);
            }
        });
    }

    /** Camel removes a route when its exchanges have left it, or after some seconds even if they have not. */
    private void removed(Route route) {
        Exchange exchange = current;
        if (exchange != null
                && route.getEndpoint() instanceof DirectEndpoint
                && context.getInflightRepository().size(route.getRouteId()) > 0) {
            replaced = exchange;
        }
    }

    @Override
    public void started() {
        if (template == null) {
            template = context.createProducerTemplate();
        }
        try {
            events = context.getEndpoint("direct:events");
            lines = events.createProducer();
            lines.start();
        } catch (Exception e) {
            throw new IllegalStateException("direct:events cannot be reached", e);
        }
        toVenue("direct:subscriptions", null);
    }

    @Override
    public void line(byte[] line) {
        Exchange exchange = events.createExchange();
        exchange.getIn().setBody(line);
        if (venue != null) {
            exchange.setProperty(VENUE, venue);
        }
        Throwable failure = through(lines, exchange);
        if (failure != null) {
            failed(exchange, line, failure);
            return;
        }
        String later = newEventTypes.endpoint(exchange);
        if (later != null && exchange != abandoned) {
            handOn(exchange, later, line);
        }
    }

    private void failed(Exchange exchange, byte[] line, Throwable failure) {
        if (exchange != abandoned) {
            boolean released = exchange == replaced || interrupted(failure);
            exchange.setRouteStop(true); // a thread that still processes it must not continue with the next step
            deadLetters.add(line, released ? DeadLetters.STEP_ABANDONED : DeadLetters.NO_ROUTE, failure.toString());
        }
    }

    private void handOn(Exchange dropped, String uri, byte[] line) {
        if (!newEventTypes.served(uri)) {
            deadLetters.add(
                    line,
                    DeadLetters.NO_ROUTE,
                    "the route " + dropped.getFromRouteId() + " does not take events of type "
                            + dropped.getMessage().getHeader(EventDataFormat.TYPE) + ", and no route is from " + uri
                            + "; take both files from this version");
            return;
        }
        Exchange exchange = newEventTypes.exchange(dropped, uri);
        Event event = exchange.getMessage().getBody(Event.class);
        Throwable failure = send(exchange);
        if (failure != null) {
            failed(exchange, line, failure);
        } else {
            newEventTypes.reached(event, uri);
        }
    }

    private static boolean interrupted(Throwable failure) {
        return failure instanceof InterruptedException || failure.getCause() instanceof InterruptedException;
    }

    @Override
    public void tooLong(long length, byte[] head) {
        InvalidEventException why = new InvalidEventException(
                InvalidReason.TOO_LONG,
                "the line has " + length + " bytes, must be at most 1 MiB; shown is its beginning");
        Exchange letter = exchange("direct:dead-letter", head);
        letter.setProperty(Exchange.EXCEPTION_CAUGHT, why);
        if (send(letter) != null && letter != abandoned) {
            deadLetters.add(head, why.reason().toString(), why.getMessage());
        }
    }

    /** Returns the failure, or null. In either case the reader continues with the next line. */
    private Throwable through(Producer producer, Exchange exchange) {
        current = exchange;
        try {
            producer.process(exchange);
            return exchange.getException();
        } catch (Exception | LinkageError | StackOverflowError e) {
            return e;
        } finally {
            if (current == exchange) {
                current = null;
            }
        }
    }

    @Override
    public RouteStep place() {
        Exchange exchange = current;
        if (exchange == null) {
            return RouteStep.NOWHERE;
        }
        Route route = route(exchange);
        return new RouteStep(
                route == null ? exchange.getFromEndpoint().getEndpointKey() : route.getRouteId(),
                exchange.getExchangeExtension().getHistoryNodeId(),
                header(exchange, EventDataFormat.TYPE),
                header(exchange, EventDataFormat.SYMBOL),
                exchange.getMessage().getBody() instanceof Event event ? event.category() : null);
    }

    private static String header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name) instanceof String text ? text : null;
    }

    private static Route route(Exchange exchange) {
        UnitOfWork unit = exchange.getUnitOfWork();
        return unit == null ? null : unit.getRoute();
    }

    @Override
    public boolean replaced() {
        Exchange exchange = current;
        if (exchange == null) {
            return false;
        }
        Route route = route(exchange);
        if (route != null && context.getRoute(route.getRouteId()) != route) {
            replaced = exchange;
        }
        return exchange == replaced;
    }

    @Override
    public void abandoned() {
        Exchange exchange = current;
        if (exchange != null) {
            abandoned = exchange;
            exchange.setRouteStop(true);
        }
    }

    @Override
    public void notRouted(byte[] line) {
        deadLetters.add(
                line,
                DeadLetters.NOT_ROUTED,
                "the process has ended, and the routes did not take its last lines in time");
    }

    @Override
    public void gone() {
        subscriptions.forget();
    }

    @Override
    public void ended(String reason) {
        announce(new ConnectionDown(new Head(name, null, null, null, reason, venue), ConnectionInfo.NONE, null, null));
    }

    /** Sends a status of the application about the connector into the routes, on the thread that holds the gate. */
    public void announce(Status status) {
        Throwable failure = send(exchange("direct:status", status));
        if (failure != null) {
            warn("direct:status", status, failure);
        }
    }

    private Exchange exchange(String uri, Object body) {
        Exchange exchange = context.getEndpoint(uri).createExchange();
        exchange.getIn().setBody(body);
        return exchange;
    }

    /** Sends to the endpoint that created it; returns the failure, or null. */
    private Throwable send(Exchange exchange) {
        try {
            Producer producer = exchange.getFromEndpoint().createProducer();
            producer.start();
            return through(producer, exchange);
        } catch (Exception e) {
            return e;
        }
    }

    /** Sends a command to the commands route. */
    public void command(Object command) {
        toVenue("direct:commands", command);
    }

    private void toVenue(String uri, Object body) {
        if (venue == null) {
            send(uri, body);
            return;
        }
        try {
            template.sendBodyAndProperty(uri, body, VENUE, venue);
        } catch (RuntimeException e) {
            warn(uri, body, e);
        }
    }

    /** Sends a closed candle to its route, on the thread that closed it. */
    public void candle(Candle candle) {
        send("direct:candles", candle);
    }

    private void send(String uri, Object body) {
        try {
            template.sendBody(uri, body);
        } catch (RuntimeException e) {
            warn(uri, body, e);
        }
    }

    private void warn(String uri, Object body, Throwable failure) {
        // Expected only during shutdown, when routes are removed.
        if (!context.isStopping()) {
            LOG.warn("event_not_taken endpoint={} event=\"{}\" reason=\"{}\"", uri, body, failure.getMessage());
        }
    }
}
