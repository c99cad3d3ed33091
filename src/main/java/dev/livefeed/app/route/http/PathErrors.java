package dev.livefeed.app.route.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.api.access.SafeText;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responds to what no route of a server takes: an unknown path, a path with another method, a request without the
 * configured credentials, a body that is too large.
 */
final class PathErrors {

    private static final Logger LOG = LoggerFactory.getLogger(PathErrors.class);

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
        for (int status = 400; status < 600; status++) {
            int code = status;
            root.errorHandler(status, routing -> refuse(routing, code, reason(code)));
        }
        root.errorHandler(500, PathErrors::failed);
        root.errorHandler(404, this::unknownPath);
        root.errorHandler(405, this::wrongMethod);
        root.errorHandler(
                401, routing -> refuse(routing, 401, "the credentials are missing or wrong; see WWW-Authenticate"));
        root.errorHandler(413, routing -> refuse(routing, 413, "the body is too large"));
    }

    /** Why the server refuses with this status, if nothing more is known. */
    static String reason(int status) {
        return switch (status) {
            case 400 -> "the request cannot be read; it must be HTTP/1.1, with the path and the query percent-encoded";
            case 406 -> "the path has no response of a type that the Accept of the request allows";
            case 408 -> "the request did not come in time";
            case 414 -> "the request line is too long; it must have at most 4096 bytes";
            case 415 -> "the path does not take a body of the Content-Type of the request";
            case 431 -> "the headers are too large; they must have at most 8192 bytes";
            case 503 -> "the path is not served at the moment; try again later";
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }

    private static void failed(RoutingContext routing) {
        Throwable failure = routing.failure();
        if (failure != null) {
            LOG.error("http_request_failed path={}", path(routing), failure);
        }
        refuse(routing, 500, "the program could not answer; its log says why, at path " + path(routing));
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
        String path = routing.normalizedPath();
        String allowed = Stream.concat(
                        served.of(path).stream(), Stream.of("HEAD").filter(head -> served.onlyReads(path)))
                .sorted()
                .collect(Collectors.joining(", "));
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

    /**
     * Responds to what is no HTTP request that a router could see, instead of Vert.x, which closes the connection after
     * an empty response.
     */
    static void unreadable(HttpServerRequest request) {
        DecoderResult result = request.decoderResult();
        Throwable cause = result == null ? null : result.cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(body(reason(status)))
                .onComplete(sent -> request.connection().close());
    }

    private static String body(String reason) {
        return JsonNodeFactory.instance.objectNode().put("error", reason).toString();
    }

    private static void refuse(RoutingContext routing, int status, String reason) {
        if (routing.response().headWritten()) {
            routing.request().connection().close(); // a response that fails half-way cannot become another one
            return;
        }
        HttpServerResponse response =
                routing.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (routing.request().method().equals(HttpMethod.HEAD)) {
            response.end(); // Vert.x would send the body
        } else {
            response.end(body(reason));
        }
    }
}
