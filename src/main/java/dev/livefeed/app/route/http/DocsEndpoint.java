package dev.livefeed.app.route.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /docs}: the contract of the API as a page, by Swagger UI of its WebJar. The page runs nothing but files of
 * the jar and talks to nothing but this server.
 */
public final class DocsEndpoint {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Logger LOG = LoggerFactory.getLogger(DocsEndpoint.class);

    private static final String PATH = "/docs";
    private static final String PAGE = "index.html";
    private static final String LIBRARY = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String LIBRARY_FILES = "/META-INF/resources/webjars/swagger-ui/";

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    /** The files of the page, and their types. */
    private static final Map<String, String> OWN =
            Map.of(PAGE, "text/html; charset=utf-8", "page.css", STYLE, "start.js", SCRIPT);

    private static final Map<String, String> OF_THE_LIBRARY =
            Map.of("swagger-ui-bundle.js", SCRIPT, "swagger-ui.css", STYLE);

    /** Opens the path on the HTTP server of the started context. */
    public void open(CamelContext context, int port) {
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        if (router == null) {
            LOG.warn("docs_unavailable reason=\"no HTTP server of this context listens on port {}\"", port);
            return;
        }
        router.get(PATH).handler(DocsEndpoint::page);
        OWN.forEach((name, type) -> router.get(PATH + '/' + name).handler(routing -> send(routing, name, type)));
        OF_THE_LIBRARY.forEach(
                (name, type) -> router.get(PATH + '/' + name).handler(routing -> send(routing, name, type)));
    }

    /** The files are beside the page, whose address must therefore end in a slash. */
    private static void page(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.path().endsWith("/")) {
            send(routing, PAGE, OWN.get(PAGE));
        } else {
            routing.response()
                    .setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, "docs/")
                    .end();
        }
    }

    private static void send(RoutingContext routing, String name, String type) {
        routing.vertx()
                .executeBlocking(() -> Buffer.buffer(content(name)))
                .onSuccess(content -> {
                    HttpServerResponse response = routing.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, type)
                            .putHeader("Content-Security-Policy", POLICY)
                            .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                            .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                            .putHeader("Referrer-Policy", "no-referrer");
                    response.end(content);
                })
                .onFailure(routing::fail);
    }

    /** Read each time: the page is opened rarely, and the library is large. */
    private static byte[] content(String name) throws IOException {
        String resource = OWN.containsKey(name) ? "docs/" + name : LIBRARY_FILES + version() + '/' + name;
        try (InputStream in = DocsEndpoint.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the jar has no " + resource);
            }
            return in.readAllBytes();
        }
    }

    /** The version of the library, which is in the path of its files. */
    private static String version() throws IOException {
        try (InputStream in = DocsEndpoint.class.getResourceAsStream(LIBRARY)) {
            if (in == null) {
                throw new IOException("the jar has no " + LIBRARY);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }
}
