package dev.livefeed.app.route.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.api.access.SafeText;
import dev.livefeed.app.api.contract.OpenApi;
import dev.livefeed.app.api.contract.Operation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The responses to a path that nothing serves, and to a path of the contract with another method. */
final class PathErrors {

    private final OpenApi contract;

    PathErrors(OpenApi contract) {
        this.contract = contract;
    }

    void install(Router router) {
        router.errorHandler(404, this::unknownPath);
        router.errorHandler(405, this::wrongMethod);
    }

    private void unknownPath(RoutingContext routing) {
        refuse(
                routing,
                404,
                "path " + SafeText.shown(String.valueOf(routing.request().path()))
                        + " is unknown; GET /openapi.json lists the paths");
    }

    private void wrongMethod(RoutingContext routing) {
        String path = String.valueOf(routing.request().path());
        List<String> allowed = contract.operations().stream()
                .filter(operation -> operation.serves(path))
                .map(Operation::method)
                .sorted()
                .toList();
        if (!allowed.isEmpty()) {
            routing.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
        }
        refuse(
                routing,
                405,
                "method is " + routing.request().method().name() + " for " + SafeText.shown(path)
                        + (allowed.isEmpty()
                                ? ", which the path does not take"
                                : "; it must be one of " + String.join(", ", allowed)));
    }

    private static void refuse(RoutingContext routing, int status, String reason) {
        routing.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(JsonNodeFactory.instance.objectNode().put("error", reason).toString());
    }
}
