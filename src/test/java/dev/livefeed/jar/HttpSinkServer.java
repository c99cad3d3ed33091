package dev.livefeed.jar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server that takes batches of lines, skips those that it has taken already, as a receiver should, and fails in
 * the ways in which servers do.
 */
final class HttpSinkServer implements AutoCloseable {

    /** What the server does with the next requests. */
    enum Mood {
        TAKE,
        REFUSE,
        TAKE_AND_CLOSE,
        SLOW
    }

    private static final int SLOW_MILLIS = 300;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private final int port;
    private volatile Mood mood = Mood.TAKE;
    private volatile long repeated;
    private HttpServer server;
    private ExecutorService threads;
    private long run = -1;
    private long number;

    HttpSinkServer() throws IOException {
        port = Jar.freePort();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/events?feed=test";
    }

    HttpSinkServer mood(Mood next) {
        mood = next;
        return this;
    }

    HttpSinkServer up() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/events", this::take);
        server.start();
        return this;
    }

    void down() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** The lines taken so far, each once. */
    List<String> lines() {
        synchronized (lines) {
            return new ArrayList<>(lines);
        }
    }

    /** What was wrong with requests. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Lines that came again. */
    long repeated() {
        return repeated;
    }

    private void take(HttpExchange exchange) throws IOException {
        Mood now = mood;
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (now == Mood.REFUSE) {
            answer(exchange, 500);
            return;
        }
        if (now == Mood.SLOW) {
            try {
                TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        take(exchange, body);
        if (now == Mood.TAKE_AND_CLOSE) {
            exchange.close(); // taken, but not answered
        } else {
            answer(exchange, 204);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private synchronized void take(HttpExchange exchange, String body) {
        long of = header(exchange, "X-Sink-Run");
        long first = header(exchange, "X-Sink-First");
        long last = header(exchange, "X-Sink-Last");
        String[] all = body.split("\n");
        if (!body.endsWith("\n")
                || all.length != last - first + 1
                || !"application/x-ndjson".equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                || !"feed=test".equals(exchange.getRequestURI().getQuery())
                || !("http-" + of + "-" + first + "-" + last)
                        .equals(exchange.getRequestHeaders().getFirst("Idempotency-Key"))) {
            faults.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().entrySet() + " " + all.length);
        }
        for (int i = 0; i < all.length; i++) {
            if (of > run || (of == run && first + i > number)) {
                if (first + i != number + 1 && number > 0) {
                    faults.add("after line " + number + " of run " + run + " came " + (first + i) + " of " + of);
                }
                run = of;
                number = first + i;
                lines.add(all[i]);
            } else {
                repeated++;
            }
        }
    }

    private static long header(HttpExchange exchange, String name) {
        return Long.parseLong(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        down();
    }
}
