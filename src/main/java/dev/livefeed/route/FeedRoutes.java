package dev.livefeed.route;

import dev.livefeed.event.InvalidEventException;
import dev.livefeed.event.InvalidReason;
import dev.livefeed.event.Status;
import dev.livefeed.process.ConnectorListener;
import dev.livefeed.process.DeadLetters;
import dev.livefeed.process.Subscriptions;
import dev.livefeed.strategy.Candle;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the connector says into the routes, line by line, on the thread that reads it: the pipe is the queue, and
 * a slow route slows the connector, not the memory.
 */
public final class FeedRoutes implements ConnectorListener {

    private static final Logger LOG = LoggerFactory.getLogger(FeedRoutes.class);

    private final String name;
    private final Subscriptions subscriptions;
    private final DeadLetters deadLetters;
    private CamelContext context;
    private Endpoint events;
    private Producer lines;
    private volatile ProducerTemplate template;

    /** @param name of the data source, for the markers in the stream */
    public FeedRoutes(String name, Subscriptions subscriptions, DeadLetters deadLetters) {
        this.name = name;
        this.subscriptions = subscriptions;
        this.deadLetters = deadLetters;
    }

    /** Binds to the context whose routes take the events; to be called before it starts. */
    public void bind(CamelContext camelContext) {
        context = camelContext;
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
        send("direct:subscriptions", null);
    }

    @Override
    public void line(byte[] line) {
        Exchange exchange = events.createExchange();
        exchange.getIn().setBody(line);
        Exception failure;
        try {
            lines.process(exchange);
            failure = exchange.getException();
        } catch (Exception e) {
            failure = e;
        }
        if (failure != null) {
            deadLetters.add(line, DeadLetters.NO_ROUTE, failure.toString());
        }
    }

    @Override
    public void tooLong(long length, byte[] head) {
        InvalidEventException why = new InvalidEventException(
                InvalidReason.TOO_LONG,
                "the line has " + length + " bytes, must be at most 1 MiB; shown is its beginning");
        Exchange letter = template.send("direct:dead-letter", exchange -> {
            exchange.getIn().setBody(head);
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, why);
        });
        if (letter.getException() != null) {
            deadLetters.add(head, why.reason().toString(), why.getMessage());
        }
    }

    @Override
    public void ended(String reason) {
        subscriptions.forget();
        send("direct:status", new Status(Status.DISCONNECTED, name, null, null, null, reason, java.util.Map.of()));
    }

    /** Hands a command to the commands route. */
    public void command(Object command) {
        send("direct:commands", command);
    }

    /** Hands a candle that is closed to its route; on whichever thread closed it. */
    public void candle(Candle candle) {
        send("direct:candles", candle);
    }

    private void send(String uri, Object body) {
        try {
            template.sendBody(uri, body);
        } catch (RuntimeException e) {
            // The stop of the application takes routes away; at any other time this is worth a line.
            if (!context.isStopping()) {
                LOG.warn("{} did not take {}: {}", uri, body, e.getMessage());
            }
        }
    }
}
