package dev.livefeed.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream that sends each client one message and nothing more, and keeps the connection open. */
public final class OneMessageServer {

    private final String message;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final HttpServer server;

    /** @param message lines of a server-sent event, without the empty one at its end */
    public OneMessageServer(String message) throws IOException {
        this.message = message;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/stream", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        requests.add(exchange.getRequestURI().getQuery() + " " + headers.getFirst("Last-Event-ID") + " "
                + headers.getFirst("Authorization"));
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write((message + "\n\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The requests so far: query, id of the last event and login, each {@code null} if there is none. */
    BlockingQueue<String> requests() {
        return requests;
    }

    /** Nothing listens any more. */
    void stop() {
        server.stop(0);
    }

    /** Ends all connections. */
    public void close() throws InterruptedException {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
