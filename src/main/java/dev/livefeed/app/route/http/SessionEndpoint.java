package dev.livefeed.app.route.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.login.AccessToken;
import dev.livefeed.app.login.HttpLogin;
import dev.livefeed.app.login.LoginSessions;
import dev.livefeed.app.login.TokenScope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /session}: a browser exchanges a token for the cookie of a session, because its WebSockets and its navigation
 * cannot send a header. No script can read the cookie, and no other site can have it sent.
 */
final class SessionEndpoint {

    static final String PATH = "/session";

    private static final String NO_TOKENS =
            "no token is configured (HTTP_TOKENS_FILE, HTTP_TOKENS), so that nobody can sign in and nobody has to";
    private static final int MOST_BYTES = 2_048;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpLogin login;

    SessionEndpoint(HttpLogin login) {
        this.login = login;
    }

    void open(Router router) {
        router.get(PATH).handler(this::show);
        router.post(PATH).handler(this::receive);
        router.delete(PATH).handler(this::signOut);
    }

    private void show(RoutingContext routing) {
        if (!login.required()) {
            answer(routing, null, TokenScope.CONTROL);
            return;
        }
        HttpLogin.Decision decision = login.known(LoginGuard.request(routing.request(), PATH));
        if (decision.principal() == null) {
            LoginGuard.refuse(routing, decision.refusal());
        } else {
            AccessToken token = decision.principal().token();
            answer(routing, token.name(), token.scope());
        }
    }

    private static void answer(RoutingContext routing, String name, TokenScope scope) {
        respond(
                routing,
                200,
                JsonNodeFactory.instance.objectNode().put("name", name).put("scope", scope.word()));
    }

    private static void respond(RoutingContext routing, int status, JsonNode body) {
        routing.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toString());
    }

    private static void error(RoutingContext routing, int status, String reason) {
        respond(routing, status, JsonNodeFactory.instance.objectNode().put("error", reason));
    }

    private void receive(RoutingContext routing) {
        if (!login.required()) {
            error(routing, 404, NO_TOKENS);
            return;
        }
        Buffer body = Buffer.buffer();
        routing.request()
                .handler(part -> {
                    if (body.length() <= MOST_BYTES) {
                        body.appendBuffer(part);
                    }
                })
                .endHandler(end -> signIn(routing, body));
    }

    private void signIn(RoutingContext routing, Buffer body) {
        if (body.length() > MOST_BYTES) {
            error(routing, 413, "the body is too large");
            return;
        }
        JsonNode token;
        try {
            token = JSON.readTree(body.toString()).path("token");
        } catch (JsonProcessingException e) {
            token = JsonNodeFactory.instance.missingNode();
        }
        if (!token.isTextual()) {
            error(routing, 400, "the body must be {\"token\":\"…\"}");
            return;
        }
        HttpServerRequest request = routing.request();
        HttpLogin.SignedIn signed = login.signIn(token.textValue(), LoginGuard.client(request));
        if (signed.refusal() != null) {
            LoginGuard.refuse(routing, signed.refusal());
            return;
        }
        routing.response().addCookie(cookie(request, signed.id(), LoginSessions.SECONDS));
        answer(routing, signed.token().name(), signed.token().scope());
    }

    private void signOut(RoutingContext routing) {
        if (!login.required()) {
            error(routing, 404, NO_TOKENS);
            return;
        }
        HttpLogin.Decision decision = login.known(LoginGuard.request(routing.request(), PATH));
        if (decision.principal() == null) {
            LoginGuard.refuse(routing, decision.refusal());
            return;
        }
        login.signOut(decision.principal());
        routing.response().addCookie(cookie(routing.request(), "", 0));
        routing.response().setStatusCode(204).end();
    }

    /** Behind a proxy with TLS, only the Origin tells that the browser uses it. */
    private static Cookie cookie(HttpServerRequest request, String value, long seconds) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean secure = request.isSSL() || origin != null && origin.regionMatches(true, 0, "https:", 0, 6);
        return Cookie.cookie(LoginGuard.cookieName(request, secure), value)
                .setPath("/")
                .setMaxAge(seconds)
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT);
    }
}
