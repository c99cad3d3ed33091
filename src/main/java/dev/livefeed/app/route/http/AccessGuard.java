package dev.livefeed.app.route.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.api.access.AccessRefusal;
import dev.livefeed.app.api.access.AccessRequest;
import dev.livefeed.app.api.access.AccessRule;
import dev.livefeed.app.api.access.HostRule;
import dev.livefeed.app.api.access.OriginRule;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Checks every request of an HTTP server: passes it on, or responds with the reason of the refusal. */
public final class AccessGuard {

    private final AccessRule rule;
    private final CrossOrigin crossOrigin;
    private final LoginGuard login;

    public AccessGuard(AccessRule rule, OriginRule origins, LoginGuard login) {
        this.rule = rule;
        this.login = login;
        this.crossOrigin = new CrossOrigin(origins);
    }

    void handle(RoutingContext routing, ServedMethods served) {
        HttpServerRequest request = routing.request();
        if (request.method().equals(HttpMethod.HEAD) && served.onlyReads(routing.normalizedPath())) {
            // Answered like a GET; Vert.x leaves out the body.
            String query = request.query();
            routing.reroute(HttpMethod.GET, request.path() + (query == null ? "" : '?' + query));
        } else {
            guard(routing, served);
        }
    }

    /**
     * Vert.x fails a request with an unparsable Host before any handler; it gets the same response and is not logged.
     */
    void failed(RoutingContext routing, ServedMethods served) {
        guard(routing, served);
    }

    private void guard(RoutingContext routing, ServedMethods served) {
        HttpServerResponse response = routing.response();
        // Routes of the operator are served too and may set their own values.
        response.putHeader("X-Content-Type-Options", "nosniff").putHeader("Cache-Control", "no-store");
        String host = routing.request().getHeader("Host");
        if (routing.request().isSSL() && host != null && HostRule.isName(host)) {
            // For a name only: localhost would lose all its servers without TLS.
            response.putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        crossOrigin.allowReading(routing);
        AccessRefusal refusal = rule.refusal(request(routing.request()));
        if (refusal == null && !routing.failed() && crossOrigin.answered(routing, served)) {
            return;
        }
        // Who is not known does not learn which paths there are.
        if ((refusal == null || refusal.code() == 415)
                && !routing.failed()
                && !login.admits(routing, served.below(routing.normalizedPath()))) {
            return;
        }
        if (refusal == null) {
            RequestThreads.choose(served.below(routing.normalizedPath()));
            routing.next();
            return;
        }
        if (refusal.code() == 415) {
            // A Content-Type does not matter if nothing takes the request; it is refused all the same.
            int earlier = served.refusal(
                    routing.normalizedPath(), routing.request().method().name());
            if (earlier != 0) {
                if (routing.failed()) {
                    routing.next();
                } else {
                    routing.fail(earlier);
                }
                return;
            }
        }
        response.setStatusCode(refusal.code())
                .putHeader("Content-Type", "application/json")
                .end(JsonNodeFactory.instance
                        .objectNode()
                        .put("error", refusal.reason())
                        .toString());
    }

    private static AccessRequest request(HttpServerRequest request) {
        MultiMap headers = request.headers();
        SocketAddress local = request.localAddress();
        return new AccessRequest(
                request.method().name(),
                request.uri() == null ? "" : request.uri(),
                hosts(request),
                local == null ? null : local.hostAddress(),
                headers.getAll("Origin"),
                headers.getAll("Sec-Fetch-Site"),
                headers.getAll("Content-Type"),
                body(headers));
    }

    private static List<String> hosts(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            return request.headers().getAll("Host");
        }
        HostAndPort authority = request.authority();
        return authority == null
                ? List.of()
                : List.of(authority.host() + (authority.port() > 0 ? ":" + authority.port() : ""));
    }

    private static boolean body(MultiMap headers) {
        return headers.contains("Transfer-Encoding")
                || headers.getAll("Content-Length").stream()
                        .anyMatch(length -> !length.strip().matches("0+"));
    }
}
