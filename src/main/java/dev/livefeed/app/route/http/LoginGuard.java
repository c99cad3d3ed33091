package dev.livefeed.app.route.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.login.HttpLogin;
import dev.livefeed.app.login.LoginPrincipal;
import dev.livefeed.app.login.LoginRefusal;
import dev.livefeed.app.login.LoginRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Asks {@link HttpLogin} about each request, except those of probes and of who is about to sign in. Closes connections,
 * streams among them, of who is no longer known.
 */
public final class LoginGuard {

    /** The paths that are open to everybody. */
    static final Set<String> PROBES = Set.of("/live", "/ready");

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private static final int NETWORK_BYTES = 8;

    private final HttpLogin login;
    private final boolean certificates;
    private final SignInPage page = new SignInPage();
    private final Map<HttpConnection, LoginPrincipal> connections = new ConcurrentHashMap<>();

    /** @param certificates whether clients must have a certificate */
    public LoginGuard(HttpLogin login, boolean certificates) {
        this.login = login;
        this.certificates = certificates;
    }

    HttpLogin login() {
        return login;
    }

    SignInPage page() {
        return page;
    }

    /**
     * Whether the request may go on; otherwise it has been answered.
     *
     * @param path without that of the server
     */
    boolean admits(RoutingContext routing, String path) {
        boolean get = READING.contains(routing.request().method().name());
        if (get && isProbe(path)) {
            return true;
        }
        if (certificates && !hasCertificate(routing.request())) {
            refuse(routing, new LoginRefusal(401, "a client certificate is missing", null, 0));
            return false;
        }
        if (!login.required() || get && path.startsWith(SignInPage.FILES) || path.equals(SessionEndpoint.PATH)) {
            return true;
        }
        HttpLogin.Decision decision = login.check(request(routing.request(), path));
        if (decision.principal() != null) {
            remember(routing.request().connection(), decision.principal());
            return true;
        }
        LoginRefusal refusal = decision.refusal();
        if (refusal.status() == 401
                && routing.request().method().equals(HttpMethod.GET)
                && FrontPage.wantsHtml(routing.parsedHeaders().accept())) {
            page.show(routing);
        } else {
            refuse(routing, refusal);
        }
        return false;
    }

    /** Whether the path is that of a probe; a slash at its end does not count. */
    static boolean isProbe(String path) {
        return PROBES.contains(path.replaceFirst("/+$", ""));
    }

    /** Whether it asks for the path of a probe, below any path of a server. */
    static boolean isProbe(HttpRequest request) {
        String path = request.uri().replaceAll("/*([?#].*)?$", "");
        return READING.contains(request.method().name()) && PROBES.stream().anyMatch(path::endsWith);
    }

    /** One that the handshake has checked. */
    private static boolean hasCertificate(HttpServerRequest request) {
        try {
            return request.isSSL() && !request.connection().peerCertificates().isEmpty();
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    /** @param path without that of the server */
    static LoginRequest request(HttpServerRequest request, String path) {
        return new LoginRequest(
                request.method().name(),
                path,
                request.headers().getAll(HttpHeaders.AUTHORIZATION),
                session(request),
                client(request));
    }

    private static String session(HttpServerRequest request) {
        for (boolean secure : new boolean[] {true, false}) {
            Cookie cookie = request.getCookie(cookieName(request, secure));
            if (cookie != null) {
                return cookie.getValue();
            }
        }
        return null;
    }

    /** Cookies of a host are those of all its ports. */
    static String cookieName(HttpServerRequest request, boolean secure) {
        return (secure ? "__Host-" : "") + "livefeed-" + request.localAddress().port();
    }

    /** The address of the client; of IPv6 its network, of which it may have every address. */
    static String client(HttpServerRequest request) {
        return network(request.remoteAddress().hostAddress());
    }

    static String network(String address) {
        if (address == null || address.indexOf(':') < 0) {
            return String.valueOf(address);
        }
        try {
            byte[] bytes = InetAddress.getByName(address.replaceAll("%.*", "")).getAddress();
            if (bytes.length > NETWORK_BYTES) {
                Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
            }
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private void remember(HttpConnection connection, LoginPrincipal principal) {
        if (connections.put(connection, principal) == null) {
            ((ConnectionBase) connection).channel().closeFuture().addListener(closed -> connections.remove(connection));
        }
    }

    /** Closes the connections of who is no longer known. Called by one thread. */
    public void closeUnknown() {
        connections.forEach((connection, principal) -> {
            if (!login.stillKnown(principal)) {
                connection.close();
            }
        });
    }

    static void refuse(RoutingContext routing, LoginRefusal refusal) {
        HttpServerResponse response = routing.response().setStatusCode(refusal.status());
        if (refusal.challenge() != null) {
            response.putHeader("WWW-Authenticate", refusal.challenge());
        }
        if (refusal.retrySeconds() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retrySeconds()));
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (routing.request().method().equals(HttpMethod.HEAD)) {
            response.end(); // Vert.x would send the body
        } else {
            response.end(JsonNodeFactory.instance
                    .objectNode()
                    .put("error", refusal.reason())
                    .toString());
        }
    }
}
