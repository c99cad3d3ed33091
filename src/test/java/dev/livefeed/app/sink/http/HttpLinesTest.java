package dev.livefeed.app.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.livefeed.app.sink.DiskLimits;
import dev.livefeed.app.sink.MadeBatch;
import dev.livefeed.app.sink.SinkBuffers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server is sent, and what its answers mean. */
class HttpLinesTest {

    /** What the server does with a request. */
    private interface Answer {

        void give(HttpExchange exchange, String body) throws IOException;
    }

    private static final Duration MOST = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private SinkBuffers buffers;
    private HttpLines sink;
    private volatile HttpExchange last;
    private volatile int requests;
    private volatile Answer answer = (exchange, body) -> answer(exchange, 204, "");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            last = exchange;
            requests++;
            answer.give(exchange, body);
        });
        server.start();
        buffers = new SinkBuffers(folder, DiskLimits.ofMegabytes(1, 0));
        buffers.buffer("http", Set.of("trade"));
        sink = new HttpLines(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/take?key=hidden",
                new HttpSender(Duration.ofSeconds(5), MOST, "Bearer t0ken"),
                buffers);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
        buffers.close();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void post(long first, String... lines) throws Exception {
        sink.post(MadeBatch.of("http", first, lines), Map.of("CamelSinkRun", 7L, "X-Source", "desk"));
    }

    private void takeUnless(int status, String text) {
        answer = (exchange, body) -> {
            if (body.contains(text)) {
                answer(exchange, status, "no " + text);
            } else {
                bodies.add(body);
                answer(exchange, 200, "thanks");
            }
        };
    }

    @Test
    void anAnswerWithoutABodyIsItsStatus() {
        answer = (exchange, body) -> answer(exchange, 401, "");
        assertThatThrownBy(() -> post(1, "a")).hasMessage("the server answers 401");
        answer = (exchange, body) -> answer(exchange, 401, "no token");
        assertThatThrownBy(() -> post(1, "a")).hasMessage("the server answers 401: no token");
    }

    @Test
    void eachRequestTellsWhichLinesItHas() throws Exception {
        takeUnless(400, "bad");
        post(3, "a", "b");
        assertThat(bodies).containsExactly("a\nb\n");
        assertThat(last.getRequestURI().toString()).isEqualTo("/take?key=hidden");
        Map<String, List<String>> headers = last.getRequestHeaders();
        assertThat(headers)
                .containsEntry("X-sink-run", List.of("7"))
                .containsEntry("X-sink-first", List.of("3"))
                .containsEntry("X-sink-last", List.of("4"))
                .containsEntry("Idempotency-key", List.of("http-7-3-4"))
                .containsEntry("Content-type", List.of("application/x-ndjson"))
                .containsEntry("Authorization", List.of("Bearer t0ken"))
                .containsEntry("X-source", List.of("desk"))
                .doesNotContainKeys("Camelsinkrun", "Upgrade");
    }

    @Test
    void aRefusedLineIsKeptAndTheOthersArriveInOrder() throws Exception {
        for (int status : List.of(400, 413, 422)) {
            bodies.clear();
            takeUnless(status, "bad");
            post(status, "a", "b", "bad", "c", "d");
            assertThat(String.join("", bodies)).isEqualTo("a\nb\nc\nd\n");
        }
        assertThat(buffers.views().get(0).counters().refused()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("http/refused.ndjson")))
                .contains("\"sequence\":402", "the server answers 422: no bad", "\"line\":\"bad\"");
    }

    @Test
    void otherAnswersAreFailuresOfTheBatch() throws Exception {
        for (int status : List.of(401, 403, 404, 405, 500, 502, 503)) {
            takeUnless(status, "bad");
            assertThatThrownBy(() -> post(1, "a", "bad")).hasMessage("the server answers " + status + ": no bad");
        }
        answer = (exchange, body) -> {
            exchange.getResponseHeaders().set("Location", "http://elsewhere/x?key=hidden");
            answer(exchange, 307, "");
        };
        assertThatThrownBy(() -> post(1, "a"))
                .hasMessage("the server answers 307 and redirects to http://elsewhere/x?…; set SINK_HTTP_URL to the "
                        + "address that takes the lines");
        assertThat(buffers.views().get(0).counters().refused()).isZero();
    }

    @Test
    void aServerThatAsksToWaitIsLeftAlone() throws Exception {
        answer = (exchange, body) -> {
            exchange.getResponseHeaders().set("Retry-After", "60");
            answer(exchange, 429, "slowly");
        };
        assertThatThrownBy(() -> post(1, "a")).hasMessage("the server answers 429: slowly");
        assertThatThrownBy(() -> post(1, "a"))
                .hasMessageMatching("the server has answered 429 and asks to wait for (60|59) more seconds");
        assertThat(requests).isEqualTo(1);
    }

    /** The status confirms, whatever follows. */
    @Test
    @Timeout(60)
    void aBodyWithoutAnEndHoldsUpNothing() throws Exception {
        answer = (exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            while (true) {
                out.write(new byte[8192]);
            }
        };
        post(1, "a");
        answer = (exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush(); // and no more
        };
        post(2, "b");
        takeUnless(400, "bad");
        post(3, "c");
        assertThat(bodies).containsExactly("c\n");
    }

    @Test
    @Timeout(60)
    void noAnswerIsAFailureInTime() {
        answer = (exchange, body) -> {};
        assertThatThrownBy(() -> post(1, "a")).hasMessage("no answer within 2 s");
        server.stop(0);
        assertThatThrownBy(() -> post(1, "a")).isInstanceOf(IOException.class).hasMessageStartingWith("no connection");
    }
}
