package dev.livefeed.app.route.http.stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.stream.BadRequestException;
import dev.livefeed.app.stream.ClientSubscription;
import dev.livefeed.app.stream.StreamHub;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The query with which a client opens the stream.
 *
 * @param subscription the channels and symbols
 * @param text the parameters as given, to recognize the same query
 */
record StreamQuery(ClientSubscription subscription, List<String> text) {

    private static final List<String> PARAMETERS = List.of("channels", "symbols", "history");

    /** Thrown for an invalid query. */
    static final class InvalidQueryException extends Exception {

        private static final long serialVersionUID = 1L;

        private InvalidQueryException(String message) {
            super(message, null, false, false);
        }
    }

    /** Parses the parameters. */
    static StreamQuery of(MultiMap parameters, StreamHub hub) throws InvalidQueryException {
        for (String name : parameters.names()) {
            if (!PARAMETERS.contains(name)) {
                throw new InvalidQueryException(
                        ApiException.unknownParameter(name, PARAMETERS).getMessage());
            }
        }
        List<String> text = new ArrayList<>();
        for (String name : PARAMETERS) {
            text.add(one(parameters, name));
        }
        try {
            return new StreamQuery(hub.subscription(text.get(0), text.get(1), text.get(2)), text);
        } catch (BadRequestException e) {
            throw new InvalidQueryException(e.getMessage());
        }
    }

    private static String one(MultiMap parameters, String name) throws InvalidQueryException {
        List<String> values = parameters.getAll(name);
        if (values.size() > 1) {
            throw new InvalidQueryException(name + " is given " + values.size() + " times; it must be "
                    + (name.equals("history") ? "one number" : "one comma-separated list"));
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** Responds to a request that does not open the stream. */
    static void refuse(RoutingContext routing, StreamHub hub, int code, String reason) {
        hub.countRefusal();
        routing.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .end(JsonNodeFactory.instance.objectNode().put("error", reason).toString());
    }
}
