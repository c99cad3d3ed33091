package dev.livefeed.app.route.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.api.access.SafeText;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Responds to what no route of a server takes: an unknown path, a path with another method, a request without the
 * configured credentials, a body that is too large.
 */
final class PathErrors {

    private final ServedMethods served;

    PathErrors(ServedMethods served) {
        this.served = served;
    }

    /**
     * Vert.x only asks the router of the server, above the one with the routes.
     *
     * @param root the router of the server
     */
    void install(Router root) {
        root.errorHandler(404, this::unknownPath);
        root.errorHandler(405, this::wrongMethod);
        root.errorHandler(
                401, routing -> refuse(routing, 401, "the credentials are missing or wrong; see WWW-Authenticate"));
        root.errorHandler(413, routing -> refuse(routing, 413, "the body is too large"));
    }

    private void unknownPath(RoutingContext routing) {
        refuse(
                routing,
                404,
                "path " + path(routing)
                        + " is unknown; GET /openapi.json lists the paths of the API, and Camel's own are"
                        + " /observe/health and /observe/metrics");
    }

    private void wrongMethod(RoutingContext routing) {
        String allowed = String.join(", ", served.of(routing.normalizedPath()));
        routing.response().putHeader(HttpHeaders.ALLOW, allowed);
        refuse(
                routing,
                405,
                "the method is " + SafeText.shown(routing.request().method().name()) + " for " + path(routing)
                        + (allowed.isEmpty() ? ", which the path does not take" : "; it must be one of " + allowed));
    }

    private static String path(RoutingContext routing) {
        return SafeText.shown(String.valueOf(routing.request().path()));
    }

    private static void refuse(RoutingContext routing, int status, String reason) {
        HttpServerResponse response =
                routing.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (routing.request().method().equals(HttpMethod.HEAD)) {
            response.end(); // Vert.x would send the body
        } else {
            response.end(
                    JsonNodeFactory.instance.objectNode().put("error", reason).toString());
        }
    }
}
