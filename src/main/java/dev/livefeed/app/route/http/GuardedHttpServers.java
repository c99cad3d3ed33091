package dev.livefeed.app.route.http;

import io.vertx.ext.web.Router;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Creates the HTTP server of {@code camel.server} with an access guard on every path. Camel Main finds it in the
 * registry.
 */
public final class GuardedHttpServers extends DefaultMainHttpServerFactory {

    private final AccessGuard guard;
    private final LoginGuard login;

    public GuardedHttpServers(AccessGuard guard, LoginGuard login) {
        this.guard = guard;
        this.login = login;
    }

    @Override
    public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties configuration) {
        MainHttpServer configured = (MainHttpServer) super.newHttpServer(context, configuration);
        if (configuration.isAuthenticationEnabled()) {
            ProbesWithoutLogin.in(configured.getConfiguration());
        }
        MainHttpServer server = new Api();
        server.setCamelContext(context);
        server.setConfiguration(configured.getConfiguration());
        server.setStaticEnabled(configured.isStaticEnabled());
        server.setStaticContextPath(configured.getStaticContextPath());
        server.setStaticSourceDir(configured.getStaticSourceDir());
        return server;
    }

    /** Guards servers on other ports, such as {@code camel.management}; must be called after the start. */
    public void guardOthers(CamelContext context) {
        for (VertxPlatformHttpServer server : context.hasServices(VertxPlatformHttpServer.class)) {
            if (!(server instanceof Listener)) {
                guard(context, server.getConfigurationPort(), server.getPath());
                explainErrors(context, server);
            }
        }
    }

    private void guard(CamelContext context, int port, String base) {
        VertxPlatformHttpRouter routes = routes(context, port);
        ServedMethods served = new ServedMethods(routes, base);
        routes.route()
                .order(Integer.MIN_VALUE)
                .handler(routing -> guard.handle(routing, served))
                .failureHandler(routing -> guard.failed(routing, served));
    }

    /** Must be called after the server's start. */
    private static void explainErrors(CamelContext context, VertxPlatformHttpServer server) {
        if (server.getServer().requestHandler() instanceof Router root) {
            new PathErrors(new ServedMethods(routes(context, server.getConfigurationPort()), server.getPath()))
                    .install(root);
        }
    }

    private static VertxPlatformHttpRouter routes(CamelContext context, int port) {
        return VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
    }

    /** The guard is installed before the server listens. */
    private final class Listener extends VertxPlatformHttpServer {

        private final int port;

        private Listener(VertxPlatformHttpServerConfiguration configuration) {
            super(configuration);
            port = configuration.getBindPort();
        }

        @Override
        protected void initializeServer() {
            super.initializeServer();
            guard(getCamelContext(), port, getPath());
            VertxPlatformHttpRouter routes = routes(getCamelContext(), port);
            routes.get("/").order(Integer.MIN_VALUE + 1).handler(new FrontPage());
            login.page().open(routes);
            new SessionEndpoint(login.login()).open(routes);
        }

        @Override
        protected void startServer() throws Exception {
            super.startServer();
            explainErrors(getCamelContext(), this);
        }
    }

    private final class Api extends MainHttpServer {

        private Listener listener;

        @Override
        protected void doInit() throws Exception {
            listener = new Listener(getConfiguration());
            getCamelContext().addService(listener);
        }

        @Override
        protected void doStart() throws Exception {
            ServiceHelper.startService(listener);
            super.doStart();
        }
    }
}
