package dev.livefeed.app.route.sample;

import dev.livefeed.protocol.model.InstrumentId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.ExchangeHelper;

/**
 * Sends samples of every event type through the routes of a trial, in which nothing is started, and collects the steps
 * that throw. A sample follows its message to the routes that consume from the endpoints it is sent to.
 */
public final class SampleRun {

    private static final String SAMPLE = "livefeedSample";
    private static final int MOST_FAULTS = 20;
    private static final int MOST_ROUTES = 20;
    private static final int MOST_TEXT = 120;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Endpoints that take a message and leave it as it is. */
    private static final Set<String> KEEPING = Set.of(
            "log", "buffer", "seda", "queue", "disruptor", "disruptor-vm", "mock", "file", "kafka", "nats", "stream");

    private final Map<String, SampleFault> faults = new LinkedHashMap<>();
    private final Map<String, Route> consumers = new HashMap<>();
    private String sample;
    /** The symbol of the samples, if it is not the first one; else empty. */
    private String further = "";

    private int depth;
    private long deadline;

    /** Must be called before routes are added. */
    public void observe(CamelContext context) {
        context.getCamelContextExtension()
                .addInterceptStrategy((camel, step, target, next) -> new SampledStep(camel, step, target, this));
    }

    /**
     * Sends all samples; returns the steps that throw, each once.
     *
     * @param instruments the samples are about each of these, since a route may tell them apart
     */
    public List<SampleFault> send(CamelContext context, List<InstrumentId> instruments) {
        for (Route route : context.getRoutes()) {
            consumers.putIfAbsent(plain(route.getEndpoint().getEndpointUri()), route);
        }
        deadline = System.nanoTime() + LIMIT.toNanos();
        for (InstrumentId instrument : instruments) {
            further = instrument.equals(instruments.get(0)) ? "" : " of " + instrument.symbol();
            send(context, instrument);
        }
        return List.copyOf(faults.values());
    }

    private void send(CamelContext context, InstrumentId instrument) {
        long now = System.currentTimeMillis();
        Route events = consumers.get("direct:events");
        if (events != null) {
            SampleLines.of(instrument.symbol(), now)
                    .forEach((name, line) -> send(context, events, name, line, Map.of()));
        }
        SampleMoments moments = new SampleMoments(instrument, now * 1000);
        Route candles = consumers.get("direct:candles");
        if (candles != null) {
            send(context, candles, "closed candle", moments.candle(), Map.of());
        }
        for (Route route : context.getRoutes()) {
            String kind = kind(plain(route.getEndpoint().getEndpointUri()));
            if (kind != null) {
                moments.of(kind, route.getRouteId())
                        .forEach((name, moment) -> send(
                                context, route, name, moment, Map.of("type", kind, "symbol", instrument.symbol())));
            }
        }
    }

    private static String kind(String uri) {
        return switch (uri) {
            case "strategy:candles" -> "candle";
            case "strategy:book-tops" -> "book-top";
            case "strategy:regimes" -> "regime";
            case "strategy:sessions" -> "session";
            default -> null;
        };
    }

    private void send(CamelContext context, Route route, String name, Object body, Map<String, Object> headers) {
        if (System.nanoTime() > deadline || faults.size() >= MOST_FAULTS) {
            return;
        }
        sample = name + further;
        depth = 0;
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.setProperty(SAMPLE, true);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new HashMap<>(headers));
        through(route, exchange);
    }

    private void through(Route route, Exchange exchange) {
        depth++;
        try {
            Processor processor = route.getProcessor();
            processor.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            depth--;
        }
    }

    boolean sends(Exchange exchange) {
        return exchange.getProperty(SAMPLE) != null;
    }

    /** Sends on to the route that consumes from the endpoint; returns false if the message behind it is unknown. */
    boolean follow(String endpoint, Exchange exchange) {
        String uri = plain(exchange.getContext().resolvePropertyPlaceholders(endpoint));
        if (uri.startsWith("direct:") && consumers.containsKey(uri) && depth < MOST_ROUTES) {
            through(consumers.get(uri), exchange);
            return true;
        }
        return tap(uri, exchange) || KEEPING.contains(uri.substring(0, Math.max(0, uri.indexOf(':'))));
    }

    /** Sends a copy to the route that consumes from the endpoint, if there is one. */
    boolean tap(String endpoint, Exchange exchange) {
        Route target = consumers.get(plain(exchange.getContext().resolvePropertyPlaceholders(endpoint)));
        if (target == null || depth >= MOST_ROUTES) {
            return false;
        }
        through(target, ExchangeHelper.createCopy(exchange, false));
        return true;
    }

    void failed(OptionalIdentifiedDefinition<?> part, ProcessorDefinition<?> step, Throwable failure) {
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(step);
        String location = Stream.of(part.getLocation(), step.getLocation(), location(route))
                .filter(text -> text != null && !text.isEmpty())
                .findFirst()
                .orElse(null);
        String file = location == null ? null : location.substring(location.lastIndexOf('/') + 1);
        int line = StepLine.of(route, part, part.getLineNumber() > 0 ? part.getLineNumber() : step.getLineNumber());
        SampleFault fault = new SampleFault(
                file,
                line > 0 ? line : null,
                part.toString(),
                "the step throws for a sample (" + sample + "): " + cause(failure));
        faults.putIfAbsent(file + ":" + line + ":" + part, fault);
    }

    private static String location(RouteDefinition route) {
        return route == null || route.getResource() == null
                ? null
                : route.getResource().getLocation();
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text = cause.toString()
                .replaceAll("\\s+", " ")
                .replace(cause.getClass().getPackageName() + '.', "");
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
    }

    private static String plain(String uri) {
        int options = uri.indexOf('?');
        return (options < 0 ? uri : uri.substring(0, options)).replaceFirst("://", ":");
    }
}
