package dev.livefeed.app.route.http.stream;

import dev.livefeed.app.api.access.OriginRule;
import dev.livefeed.app.api.contract.StreamSchema;
import dev.livefeed.app.stream.ClientSubscription;
import dev.livefeed.app.stream.StreamHub;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code WS /ws/stream} on the shared HTTP port: checks the request and connects the client to the hub. Opens the paths
 * of the same messages as events and of their schema too.
 */
public final class StreamEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);
    private static final String PATH = "/ws/stream";

    /** The paths whose responses have no end. */
    public static final Set<String> PATHS = Set.of(PATH, EventStreamEndpoint.PATH);

    private final StreamHub hub;
    private final OriginRule origins;
    private final LongSupplier millis;
    private final StreamLoops loops = new StreamLoops();
    private final EventStreamEndpoint events;
    private final String schema;

    /**
     * @param schema of the messages
     * @param millis the hub's clock
     */
    public StreamEndpoint(StreamHub hub, OriginRule origins, StreamSchema schema, LongSupplier millis) {
        this.hub = hub;
        this.origins = origins;
        this.millis = millis;
        this.events = new EventStreamEndpoint(hub, loops, origins, millis);
        this.schema = schema.document().toPrettyString();
    }

    /** Opens the path on the HTTP server of the started context. */
    public void open(CamelContext context, int port) {
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        if (router == null) {
            LOG.warn("stream_unavailable reason=\"no HTTP server of this context listens on port {}\"", port);
        } else {
            router.get(PATH).handler(this::knock);
            router.get(EventStreamEndpoint.PATH).handler(events::open);
            router.get(StreamSchema.PATH).handler(routing -> routing.response()
                    .putHeader("Content-Type", "application/json")
                    .end(schema));
        }
    }

    private void knock(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            routing.response().putHeader("Upgrade", "websocket");
            StreamQuery.refuse(routing, hub, 426, "this path speaks WebSocket only: open ws://HOST:PORT" + PATH);
            return;
        }
        String refusal = origins.refusal(request.getHeader("Origin"), request.getHeader("Host"));
        if (refusal != null) {
            StreamQuery.refuse(routing, hub, 403, refusal);
            return;
        }
        ClientSubscription subscription;
        try {
            subscription = StreamQuery.of(request.params(), hub).subscription();
        } catch (StreamQuery.InvalidQueryException e) {
            StreamQuery.refuse(routing, hub, 400, e.getMessage());
            return;
        }
        String full = hub.enter();
        if (full != null) {
            StreamQuery.refuse(routing, hub, 503, full);
            return;
        }
        Channel channel = ((ConnectionBase) request.connection()).channel();
        withoutCompression(channel);
        request.toWebSocket().onComplete(opened -> {
            if (opened.succeeded()) {
                SocketSink sink = new SocketSink(channel, hub, millis);
                hub.join(sink, subscription);
                sink.open(loops);
            } else {
                hub.leave();
                LOG.debug("a WebSocket did not come about: {}", opened.cause().toString());
            }
        });
    }

    /** Messages are serialized once for all clients; compression would do it again for each client. */
    private static void withoutCompression(Channel channel) {
        WebSocketServerExtensionHandler handler = channel.pipeline().get(WebSocketServerExtensionHandler.class);
        if (handler != null) {
            channel.pipeline().remove(handler);
        }
    }

    /** Ends the event loops, with the connections that are left. */
    @Override
    public void close() {
        loops.close();
    }
}
