package dev.livefeed.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of servers that are not this program, and of this program while it starts. */
class OtherServersTest {

    private static final String STREAM = "text/event-stream";
    private static final String MESSAGE = "id: x-1\ndata: {\"n\":1}\n\n";

    private record Given(int status, String type, String body) {}

    /** In their order. */
    private final Deque<Given> answers = new ArrayDeque<>();

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<String> ids = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/stream", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Given given = answers.remove();
        ids.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
        exchange.getResponseHeaders().add("Content-Type", given.type());
        if (given.status() / 100 == 3) {
            exchange.getResponseHeaders().add("Location", "https://other.example/stream");
        }
        byte[] body = given.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(given.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private OtherServersTest answers(int status, String type, String body) {
        answers.add(new Given(status, type, body));
        return this;
    }

    /** Reads until it is refused. */
    private AbstractThrowableAssert<?, ?> refusal() {
        RunningProgram program =
                new RunningProgram("http://127.0.0.1:" + server.getAddress().getPort(), ProgramLogin.NONE);
        EventSource source = new EventSource(program, List.of("trades"), List.of(), new EventSource.Listener() {
            @Override
            public void connected(boolean again) {
                seen.add(again ? "connected again" : "connected");
            }

            @Override
            public void lost(String reason, long pauseMillis) {
                seen.add("lost: " + reason);
            }
        });
        return assertThatThrownBy(() -> source.read((text, message) -> seen.add(text)))
                .isInstanceOf(EventSource.RefusedException.class);
    }

    @Test
    void aPageIsNoStream() {
        answers(200, "text/html; charset=utf-8", "<html>router</html>")
                .refusal()
                .hasMessageEndingWith(
                        "answered 200 without a stream (text/html); does --url name the HTTP port of the program?");
        answers(204, "", "").refusal().hasMessageContaining("answered 204 without a stream");
        assertThat(seen).isEmpty();
    }

    @Test
    void refusalsSayWhatToDo() {
        answers(404, "text/html", "<html><h1>Not found</h1></html>")
                .refusal()
                .hasMessageEndingWith("answered 404 (text/html)");
        answers(404, "application/json", "{\"error\":\"path /x is unknown\"}")
                .refusal()
                .hasMessageEndingWith("answered 404: path /x is unknown");
        answers(502, "text/plain", "no upstream\n").refusal().hasMessageEndingWith("answered 502: no upstream");
        answers(401, "text/html", "<html>")
                .refusal()
                .hasMessageEndingWith(
                        "answered 401 (text/html); a token is read from LIVEFEED_TOKEN, another login from"
                                + " LIVEFEED_USER and LIVEFEED_PASSWORD");
        answers(308, "text/html", "<html>")
                .refusal()
                .hasMessageEndingWith("answered 308: it has moved to https://other.example/stream");
    }

    @Test
    void aStreamOfSomethingElseIsNamed() {
        answers(200, STREAM, "data: hello\n\n")
                .refusal()
                .hasMessageContaining("is no stream of such a program: a message is no JSON: ");
        answers(200, STREAM, "data: [1]\n\n").refusal().hasMessageEndingWith("a message is no JSON object");
    }

    /** It does not know all symbols yet, and a proxy in front of it answers with pages meanwhile. */
    @Test
    void aProgramThatStartsAgainIsWaitedFor() {
        answers(200, STREAM, MESSAGE)
                .answers(404, "application/json", "{\"error\":\"path /stream is unknown\"}")
                .answers(400, "application/json", "{\"error\":\"symbol is unknown\"}")
                .answers(200, "text/html", "<html>maintenance</html>")
                .answers(200, STREAM, MESSAGE)
                .answers(401, "application/json", "{\"error\":\"no login\"}")
                .refusal()
                .hasMessageContaining("answered 401: no login");

        assertThat(seen)
                .containsExactly(
                        "connected",
                        "{\"n\":1}",
                        "lost: the server has closed it",
                        "lost: 404: path /stream is unknown",
                        "lost: 400: symbol is unknown",
                        "lost: 200 without a stream (text/html); does --url name the HTTP port of the program?",
                        "connected again",
                        "{\"n\":1}",
                        "lost: the server has closed it");
        assertThat(ids).containsExactly("null", "x-1", "x-1", "x-1", "x-1", "x-1");
    }

    @Test
    void anIdThatNoHeaderCanCarryIsIgnored() {
        answers(200, STREAM, "id: \u20ac\ndata: {}\n\n")
                .answers(403, "text/plain", "no")
                .refusal()
                .hasMessageEndingWith("answered 403: no");

        assertThat(ids).containsExactly("null", "null");
    }
}
