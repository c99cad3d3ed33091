package dev.livefeed.app.route.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One response of events. Pending bytes are counted from hand-over until the socket has written them. Thread-safe.
 */
final class EventStreamConnection {

    /** How often at least something is sent, in seconds: a client takes a longer silence for a lost connection. */
    private static final String PING = "Stream-Ping";

    /** Time before a client connects again, milliseconds. */
    private static final int RETRY_MILLIS = 1_000;
    /** Time for a client to read its pending data and the reason of the end. */
    private static final long CLOSE_MILLIS = 3_000;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final HttpServerRequest request;
    private final AtomicLong pending = new AtomicLong();

    EventStreamConnection(RoutingContext routing) {
        this.vertx = routing.vertx();
        this.response = routing.response();
        this.request = routing.request();
    }

    /**
     * @param ping interval of the comments
     * @param lost called when the connection is closed, whoever closes it
     */
    void open(Duration ping, Runnable lost) {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("X-Accel-Buffering", "no")
                .putHeader(PING, Long.toString(ping.plusMillis(999).toSeconds()))
                .exceptionHandler(failure -> abort())
                .closeHandler(closed -> lost.run());
        write("retry: " + RETRY_MILLIS + "\n\n", () -> {});
    }

    long pending() {
        return pending.get();
    }

    /** @param written called when it has been written, or cannot be */
    void write(String text, Runnable written) {
        int size = text.length();
        pending.addAndGet(size);
        try {
            response.write(Buffer.buffer(text)).onComplete(result -> {
                pending.addAndGet(-size);
                written.run();
            });
        } catch (RuntimeException e) {
            // Just closed; its handler tells the sink.
            pending.addAndGet(-size);
        }
    }

    /** Sends the reason as a comment, and ends the response without waiting for the client. */
    void close(String reason) {
        Future<Void> end;
        try {
            end = response.end(": closed " + reason.replaceAll("\\p{Cntrl}", " ") + "\n\n");
        } catch (RuntimeException e) {
            return; // already closed
        }
        // A client that does not read would keep its data in memory forever.
        vertx.setTimer(CLOSE_MILLIS, timer -> {
            if (!end.isComplete()) {
                abort();
            }
        });
    }

    private void abort() {
        request.connection().close();
    }
}
