package dev.livefeed.app.route.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.api.access.OriginRule;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.stream.BadRequestException;
import dev.livefeed.app.stream.ClientSubscription;
import dev.livefeed.app.stream.StreamHub;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code WS /ws/stream} on the shared HTTP port: checks the request and connects the client to the hub. */
public final class StreamEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);
    private static final String PATH = "/ws/stream";
    private static final List<String> PARAMETERS = List.of("channels", "symbols");

    private final StreamHub hub;
    private final OriginRule origins;
    private final LongSupplier millis;

    /** @param millis the hub's clock */
    public StreamEndpoint(StreamHub hub, OriginRule origins, LongSupplier millis) {
        this.hub = hub;
        this.origins = origins;
        this.millis = millis;
    }

    /** Opens the path on the HTTP server of the started context. */
    public void open(CamelContext context, int port) {
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        if (router == null) {
            LOG.warn("stream_unavailable reason=\"no HTTP server of this context listens on port {}\"", port);
        } else {
            router.get(PATH).handler(this::knock);
        }
    }

    private void knock(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            routing.response().putHeader("Upgrade", "websocket");
            refuse(routing, 426, "this path speaks WebSocket only: open ws://HOST:PORT" + PATH);
            return;
        }
        String refusal = origins.refusal(request.getHeader("Origin"), request.getHeader("Host"));
        if (refusal != null) {
            refuse(routing, 403, refusal);
            return;
        }
        ClientSubscription subscription;
        try {
            subscription = subscription(request.params());
        } catch (BadParameterException | BadRequestException e) {
            refuse(routing, 400, e.getMessage());
            return;
        }
        String full = hub.enter();
        if (full != null) {
            refuse(routing, 503, full);
            return;
        }
        Channel channel = ((ConnectionBase) request.connection()).channel();
        withoutCompression(channel);
        request.toWebSocket().onComplete(opened -> {
            if (opened.succeeded()) {
                SocketSink sink = new SocketSink(opened.result(), channel, hub, millis);
                sink.listen();
                hub.join(sink, subscription);
            } else {
                hub.leave();
                LOG.debug("a WebSocket did not come about: {}", opened.cause().toString());
            }
        });
    }

    private ClientSubscription subscription(MultiMap parameters) throws BadParameterException, BadRequestException {
        for (String name : parameters.names()) {
            if (!PARAMETERS.contains(name)) {
                throw new BadParameterException(
                        ApiException.unknownParameter(name, PARAMETERS).getMessage());
            }
        }
        return hub.subscription(one(parameters, "channels"), one(parameters, "symbols"));
    }

    private static String one(MultiMap parameters, String name) throws BadParameterException {
        List<String> values = parameters.getAll(name);
        if (values.size() > 1) {
            throw new BadParameterException(
                    name + " is given " + values.size() + " times; it must be one comma-separated list");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** Messages are serialized once for all clients; compression would do it again for each client. */
    private static void withoutCompression(Channel channel) {
        WebSocketServerExtensionHandler handler = channel.pipeline().get(WebSocketServerExtensionHandler.class);
        if (handler != null) {
            channel.pipeline().remove(handler);
        }
    }

    private void refuse(RoutingContext routing, int code, String reason) {
        hub.countRefusal();
        routing.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .end(JsonNodeFactory.instance.objectNode().put("error", reason).toString());
    }

    /** Thrown for an invalid query. */
    private static final class BadParameterException extends Exception {

        private static final long serialVersionUID = 1L;

        private BadParameterException(String message) {
            super(message, null, false, false);
        }
    }
}
