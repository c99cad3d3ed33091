package dev.livefeed.app.route.http;

import dev.livefeed.app.api.access.OriginRule;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * The CORS headers of responses, errors included, for pages of listed origins, and the answers to their preflights. A
 * preflight has no credentials, so it is answered before a login is asked for. No response allows cookies.
 */
final class CrossOrigin {

    private static final String REQUEST_METHOD = "Access-Control-Request-Method";
    private static final String PRIVATE_NETWORK = "Access-Control-Request-Private-Network";
    /** Headers that a page may send and read besides those that every page may. */
    private static final String SENT = "Content-Type, Authorization, Last-Event-ID";

    private static final String READ = "Allow, Retry-After, WWW-Authenticate, Stream-Ping";
    private static final String SECONDS_KEPT = "600";

    private final OriginRule origins;

    CrossOrigin(OriginRule origins) {
        this.origins = origins;
    }

    /** Lets the page of a listed origin read the response. Without listed origins there are no headers at all. */
    void allowReading(RoutingContext routing) {
        if (!origins.crossOrigin()) {
            return;
        }
        HttpServerResponse response = routing.response();
        response.headers().add(HttpHeaders.VARY, "Origin");
        String origin = origin(routing.request());
        if (origins.allows(origin)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, READ);
        }
    }

    /** Answers a preflight of a listed origin for a path that is served; returns whether it was one. */
    boolean answered(RoutingContext routing, ServedMethods served) {
        HttpServerRequest request = routing.request();
        String asked = request.getHeader(REQUEST_METHOD);
        if (!request.method().equals(HttpMethod.OPTIONS) || asked == null || !origins.allows(origin(request))) {
            return false;
        }
        String path = routing.normalizedPath();
        if (served.refusal(path, HttpMethod.GET.name()) == 404) {
            return false;
        }
        List<String> methods = served.of(path);
        HttpServerResponse response = routing.response()
                .putHeader(
                        HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
                        methods.isEmpty() ? "GET, HEAD, POST, PUT, PATCH, DELETE" : String.join(", ", methods))
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, SENT)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, SECONDS_KEPT);
        if (request.getHeader(PRIVATE_NETWORK) != null) {
            response.putHeader("Access-Control-Allow-Private-Network", "true");
        }
        response.setStatusCode(204).end();
        return true;
    }

    private static String origin(HttpServerRequest request) {
        List<String> all = request.headers().getAll(HttpHeaders.ORIGIN);
        return all.size() == 1 ? all.get(0) : null;
    }
}
