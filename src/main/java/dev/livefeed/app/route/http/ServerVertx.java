package dev.livefeed.app.route.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;

/**
 * A Vert.x instance for HTTP servers that explain what is no HTTP, and do not upgrade connections to HTTP/2: the client
 * of JDK 17 asks for it with each first request, and then takes part of a response larger than 64 KiB for the header of
 * a frame, about once in a hundred connections. Camel's server has no place for such options.
 */
public final class ServerVertx extends VertxWrapper {

    public ServerVertx(Vertx delegate) {
        super((VertxInternal) delegate);
    }

    @Override
    public HttpServer createHttpServer() {
        return createHttpServer(new HttpServerOptions());
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        return super.createHttpServer(options.setHttp2ClearTextEnabled(false))
                .invalidRequestHandler(PathErrors::unreadable);
    }
}
