package dev.livefeed.app.route.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The page that browsers without a session get in place of any other, with status 401; and its two files. */
final class SignInPage {

    /** Paths that begin so are open to everybody. */
    static final String FILES = "/sign-in/";

    private static final String FOLDER = "login/";
    private final Buffer page = content("index.html");

    void open(Router router) {
        file(router, "page.css", "text/css; charset=utf-8");
        file(router, "start.js", "text/javascript; charset=utf-8");
    }

    private static void file(Router router, String name, String type) {
        Buffer content = content(name);
        router.get(FILES + name).handler(routing -> send(routing, content, type));
    }

    void show(RoutingContext routing) {
        routing.response().setStatusCode(401).headers().add(HttpHeaders.VARY, "Accept");
        send(routing, page, "text/html; charset=utf-8");
    }

    private static void send(RoutingContext routing, Buffer content, String type) {
        routing.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader("Content-Security-Policy", DashboardEndpoint.POLICY)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Referrer-Policy", "no-referrer")
                .end(content);
    }

    private static Buffer content(String name) {
        try (InputStream in = SignInPage.class.getResourceAsStream(FOLDER + name)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + FOLDER + name + " of the class path cannot be read", e);
        }
    }
}
