package dev.livefeed.app.route.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationHandlerFactory;

/** Leaves the two paths of probes open, which Camel's login would close: a kubelet has no password. */
final class ProbesWithoutLogin implements AuthenticationHandlerFactory {

    private final AuthenticationHandlerFactory factory;
    private final String base;

    private ProbesWithoutLogin(AuthenticationHandlerFactory factory, String base) {
        this.factory = factory;
        this.base = base;
    }

    /** Changes the login of a server that is not started yet. */
    static void in(VertxPlatformHttpServerConfiguration server) {
        String path = server.getPath() == null ? "" : server.getPath();
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        server.getAuthenticationConfig()
                .getEntries()
                .forEach(entry -> entry.setAuthenticationHandlerFactory(
                        new ProbesWithoutLogin(entry.getAuthenticationHandlerFactory(), base)));
    }

    @Override
    public <T extends AuthenticationProvider> AuthenticationHandler createAuthenticationHandler(T provider) {
        AuthenticationHandler login = factory.createAuthenticationHandler(provider);
        return routing -> {
            if (probe(routing)) {
                routing.next();
            } else {
                login.handle(routing);
            }
        };
    }

    private boolean probe(RoutingContext routing) {
        String path = routing.normalizedPath();
        return routing.request().method().equals(HttpMethod.GET)
                && path.startsWith(base)
                && LoginGuard.isProbe(path.substring(base.length()));
    }
}
