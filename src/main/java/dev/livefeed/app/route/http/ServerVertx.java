package dev.livefeed.app.route.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A Vert.x instance for HTTP servers that limit connections, have TLS, explain what is no HTTP, and do not upgrade
 * connections to HTTP/2: the client of JDK 17 asks for it with each first request, and then takes part of a response
 * larger than 64 KiB for the header of a frame, about once in a hundred connections. Camel's server has no place for
 * such options.
 */
public final class ServerVertx extends VertxWrapper {

    private final HttpConnections limits;
    private final ServerTls tls;
    private final RequestThreads threads;

    /** @param tls null for servers without it */
    public ServerVertx(Vertx delegate, HttpConnections limits, ServerTls tls) {
        super((VertxInternal) delegate);
        this.limits = limits;
        this.tls = tls;
        this.threads = new RequestThreads(delegate);
    }

    @Override
    public <T> Future<T> executeBlocking(Callable<T> work, boolean ordered) {
        WorkerExecutor own = threads.chosen();
        return own == null ? super.executeBlocking(work, ordered) : own.executeBlocking(work, false);
    }

    /** Used by {@code BlockingHandlerDecorator}, for {@code /observe/metrics}. */
    @Override
    @Deprecated
    public <T> void executeBlocking(Handler<Promise<T>> work, boolean ordered, Handler<AsyncResult<T>> result) {
        WorkerExecutor own = threads.chosen();
        if (own == null) {
            super.executeBlocking(work, ordered, result);
        } else {
            own.executeBlocking(work, false, result);
        }
    }

    @Override
    public HttpServer createHttpServer() {
        return createHttpServer(new HttpServerOptions());
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        if (tls != null) {
            tls.set(options);
            // Connections count against their limits from the end of the handshake on.
            options.setSslHandshakeTimeout(3).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        }
        HttpServer server = super.createHttpServer(options.setHttp2ClearTextEnabled(false))
                .connectionHandler(connection -> limits.opened(connection, options))
                .invalidRequestHandler(PathErrors::unreadable);
        if (tls != null) {
            tls.serves(server);
        }
        return server;
    }
}
