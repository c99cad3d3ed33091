package dev.livefeed.app.route.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboard on the shared HTTP port: its page at {@code /index.html}, for which {@link FrontPage} sends browsers
 * from {@code /}, and the files of the page below {@code /web/}. Browsers keep them and ask each time whether they have
 * changed.
 */
public final class DashboardEndpoint {

    /**
     * The page runs nothing but its own files and talks to nothing but this server; other pages cannot frame it.
     */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Logger LOG = LoggerFactory.getLogger(DashboardEndpoint.class);
    private static final String PAGE = "index.html";
    private static final String FILES = "/web/";

    private final WebFiles files = new WebFiles();

    /** Opens the paths on the HTTP server of the started context. */
    public void open(CamelContext context, int port) {
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        if (router == null) {
            LOG.warn("dashboard_unavailable reason=\"no HTTP server of this context listens on port {}\"", port);
            return;
        }
        router.get("/" + PAGE).handler(routing -> send(routing, PAGE));
        router.get(FILES + "*").handler(this::file);
    }

    private void file(RoutingContext routing) {
        String path = routing.normalizedPath();
        int start = path.indexOf(FILES); // the base path of the server comes before it
        send(routing, path.substring(start + FILES.length()));
    }

    private void send(RoutingContext routing, String name) {
        routing.vertx().executeBlocking(() -> files.find(name)).onComplete(found -> {
            if (found.failed()) {
                routing.fail(found.cause());
            } else if (found.result() == null) {
                routing.next();
            } else {
                send(routing, found.result());
            }
        });
    }

    private static void send(RoutingContext routing, WebFiles.WebFile file) {
        String encodings = routing.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean gzip = file.gzip() != null && encodings != null && WebFiles.acceptsGzip(encodings);
        String etag = gzip ? file.etag().replaceFirst("\"$", "-gzip\"") : file.etag();
        HttpServerResponse response = routing.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, etag)
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Referrer-Policy", "no-referrer");
        response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (WebFiles.sameEtag(routing.request().getHeader(HttpHeaders.IF_NONE_MATCH), etag)) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.end(Buffer.buffer(gzip ? file.gzip() : file.content()));
    }
}
