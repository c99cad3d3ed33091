package dev.livefeed.app.route.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/**
 * The threads that answer requests, by what is asked: probes have some of their own, and expensive answers are made one
 * at a time, so that these neither keep others waiting nor take both cores.
 */
final class RequestThreads {

    private static final String KIND = "dev.livefeed.threads";
    private static final String EXPENSIVE_PATHS = "/observe/";

    private enum Kind {
        PROBE,
        EXPENSIVE
    }

    private final WorkerExecutor probes;
    private final WorkerExecutor expensive;

    RequestThreads(Vertx vertx) {
        probes = vertx.createSharedWorkerExecutor("http-probe", 2);
        expensive = vertx.createSharedWorkerExecutor("http-observe", 1);
    }

    /**
     * Chooses the threads of the present request.
     *
     * @param path below that of the server
     */
    static void choose(String path) {
        Context request = Vertx.currentContext();
        if (request != null && LoginGuard.isProbe(path)) {
            request.putLocal(KIND, Kind.PROBE);
        } else if (request != null && path.startsWith(EXPENSIVE_PATHS)) {
            request.putLocal(KIND, Kind.EXPENSIVE);
        }
    }

    /** The threads that were chosen for the present request, or null for those of all others. */
    WorkerExecutor chosen() {
        Context request = Vertx.currentContext();
        Kind kind = request == null ? null : request.getLocal(KIND);
        return kind == null ? null : kind == Kind.PROBE ? probes : expensive;
    }
}
