package dev.livefeed.app;

import dev.livefeed.app.route.http.HttpConnections;
import dev.livefeed.app.route.http.ServerTls;
import dev.livefeed.app.route.http.ServerVertx;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Vert.x instance that Camel's HTTP server runs on. If Camel creates the instance, it hides that a port could not
 * be bound and keeps running without HTTP.
 */
final class VertxInstance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VertxInstance.class);

    private final Vertx vertx;
    private volatile boolean started;
    private volatile Throwable failure;

    /** @param tls null for servers without it */
    VertxInstance(HttpConnections limits, ServerTls tls) {
        vertx = new ServerVertx(Vertx.vertx(), limits, tls);
        vertx.exceptionHandler(e -> {
            if (started) {
                LOG.warn("http_failed reason=\"{}\"", e.toString());
            } else if (failure == null) {
                failure = e;
            }
        });
    }

    Vertx vertx() {
        return vertx;
    }

    /** What failed before the start was over, or null. */
    Throwable failure() {
        return failure;
    }

    /** From now on failures are those of single requests. */
    void started() {
        started = true;
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("vertx_not_closed", e);
        }
    }
}
