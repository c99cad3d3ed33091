package dev.livefeed.app.route.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Abusive clients of a real server: many, slow, silent, greedy ones, and ambiguous requests. */
class HttpConnectionsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int LARGE = 32 * 1024 * 1024;
    private static final String GET = "GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<Socket> sockets = new ArrayList<>();
    private final BlockingQueue<HttpServerRequest> asked = new LinkedBlockingQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private ServerVertx vertx;
    private int port;

    private HttpConnections serve(int connections, Duration idle, Duration request, Handler<HttpServerRequest> handler)
            throws Exception {
        return serve(new HttpConnections(connections, connections, idle, request, 10_000), handler);
    }

    private HttpConnections serve(HttpConnections limits, Handler<HttpServerRequest> handler) throws Exception {
        vertx = new ServerVertx(Vertx.vertx(), limits, null);
        port = vertx.createHttpServer()
                .requestHandler(one -> {
                    requests.incrementAndGet();
                    handler.handle(one);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
        return limits;
    }

    @AfterEach
    void close() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        if (vertx == null) {
            return;
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Socket connect(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        sockets.add(socket);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** What comes until the server closes. */
    private static String rest(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        try {
            byte[] part = new byte[8_192];
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                text.append(new String(part, 0, length, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException e) {
            text.append("(reset)");
        }
        return text.toString();
    }

    private static String pipelined(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(GET.formatted(i));
        }
        return text.toString();
    }

    @Test
    void oneRequestIsAnsweredAtATimeAndInOrder() throws Exception {
        serve(8, LONG, LONG, asked::add);
        Socket client = connect(pipelined(500));
        Thread reader = new Thread(() -> {
            try {
                rest(client);
            } catch (IOException e) {
                // the end of the test
            }
        });
        reader.start();

        for (int i = 0; i < 500; i++) {
            HttpServerRequest one = asked.poll(30, TimeUnit.SECONDS);
            assertThat(asked).isEmpty();
            assertThat(one.path()).isEqualTo("/" + i);
            one.response().end("answer " + i);
        }
        assertThat(requests).hasValue(500);
        client.close();
        reader.join();
    }

    @Test
    void whoDoesNotTakeItsAnswerGetsNoOther() throws Exception {
        serve(8, LONG, LONG, one -> one.response().end(Buffer.buffer(new byte[LARGE])));
        Socket greedy = connect(pipelined(20));
        await().atMost(LONG).until(() -> requests.get() == 1);
        Socket other = connect(GET.formatted("other").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(rest(other).length()).isGreaterThan(LARGE);
        assertThat(requests).hasValue(2);
        greedy.getInputStream().skipNBytes(LARGE + 1_000);
        await().atMost(LONG).until(() -> requests.get() >= 3);
        assertThat(requests.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void requestsWithoutEndAreCutOff() throws Exception {
        serve(8, LONG, LONG, asked::add);
        Socket client = connect("");
        byte[] many = pipelined(10_000).getBytes(StandardCharsets.ISO_8859_1);
        CountDownLatch blocked = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            try {
                while (true) {
                    client.getOutputStream().write(many);
                }
            } catch (IOException e) {
                blocked.countDown(); // the end of the test
            }
        });
        writer.start();
        await().atMost(LONG).until(() -> asked.size() == 1);
        asked.poll().response().end("first");
        await().atMost(LONG).until(() -> asked.size() == 1);

        assertThat(requests).hasValue(2);
        assertThat(blocked.getCount()).isEqualTo(1);
        client.close();
        assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
        writer.join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: loc",
                "G",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"
            })
    void halfARequestIsRefusedAfterItsTime(String half) throws Exception {
        serve(8, LONG, SHORT, one -> one.bodyHandler(body -> one.response().end()));

        assertThat(rest(connect(half)))
                .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                .contains("connection: close")
                .endsWith("{\"error\":\"the request did not come in time\"}");
    }

    @Test
    void whoSendsAByteNowAndThenIsRefusedToo() throws Exception {
        serve(8, LONG, SHORT, one -> one.response().end());
        Socket slow = connect("GET / HTTP/1.1\r\nX: ");
        Thread drip = new Thread(() -> {
            try {
                while (true) {
                    slow.getOutputStream().write('x');
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            } catch (IOException | InterruptedException e) {
                // closed
            }
        });
        drip.start();

        assertThat(rest(slow)).startsWith("HTTP/1.1 408 ");
        slow.close();
        drip.join();
    }

    @Test
    void idleConnectionsAreClosed() throws Exception {
        HttpConnections limits = serve(8, SHORT, LONG, one -> one.response().end("ok"));

        assertThat(rest(connect(""))).isEmpty();
        assertThat(rest(connect(GET.formatted("")))).endsWith("\r\n\r\nok");
        await().atMost(LONG).until(() -> limits.open() == 0);
    }

    @Test
    void anAnswerMayTakeItsTimeAndAStreamMayLast() throws Exception {
        serve(8, SHORT, SHORT, one -> {
            one.response().setChunked(true);
            AtomicInteger sent = new AtomicInteger();
            vertx.setPeriodic(500, timer -> {
                one.response().write("event " + sent.incrementAndGet() + ';');
                if (sent.get() == 8) {
                    vertx.cancelTimer(timer);
                    one.response().end();
                }
            });
        });

        assertThat(rest(connect(GET.formatted("")))).contains("event 1;", "event 8;");
    }

    @Test
    void aWebSocketIsNoRequestAnyMore() throws Exception {
        serve(8, SHORT, SHORT, one -> one.toWebSocket().onSuccess(socket -> {
            socket.textMessageHandler(text -> vertx.setTimer(3_000, timer -> socket.writeTextMessage("got " + text)));
        }));
        CountDownLatch heard = new CountDownLatch(1);
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        if (text.toString().equals("got it")) {
                            heard.countDown();
                        }
                        return null;
                    }
                })
                .get(30, TimeUnit.SECONDS)
                .sendText("it", true);

        assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void furtherConnectionsAreRefusedUntilOthersEnd() throws Exception {
        HttpConnections limits = serve(4, LONG, LONG, one -> one.response().end("ok"));
        for (int i = 0; i < 4; i++) {
            connect("");
        }
        await().atMost(LONG).until(() -> limits.open() == 4);

        for (int i = 0; i < 8; i++) {
            assertThat(rest(connect(GET.formatted(""))))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .endsWith("{\"error\":\"the path is not served at the moment; try again later\"}");
        }
        assertThat(limits.refused()).isEqualTo(8);
        assertThat(requests).hasValue(0);
        sockets.get(0).close();
        await().atMost(LONG).until(() -> limits.open() == 3);
        assertThat(rest(connect(GET.formatted("").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aFloodOfConnectionsIsRefusedAndOver() throws Exception {
        HttpConnections limits = serve(4, LONG, LONG, one -> one.response().end("ok"));
        for (int i = 0; i < 300; i++) {
            connect("");
        }
        await().atMost(LONG).until(() -> limits.refused() == 296);
        await().atMost(LONG).until(() -> limits.open() == 4);
    }

    @Test
    void probesAreAnsweredBeyondTheLimit() throws Exception {
        HttpConnections limits = serve(4, LONG, LONG, one -> one.response().end("ok"));
        for (int i = 0; i < 300; i++) {
            connect("");
        }
        await().atMost(LONG).until(() -> limits.open() == 4);

        for (String path : List.of("live", "ready", "live?x")) {
            assertThat(rest(connect(GET.formatted(path))))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("connection: close")
                    .endsWith("\r\n\r\nok");
        }
        assertThat(rest(connect(GET.formatted("live") + GET.formatted("price"))))
                .doesNotContain("503");
        assertThat(rest(connect(GET.formatted("lives")))).startsWith("HTTP/1.1 503 ");
        assertThat(rest(connect(GET.formatted("live").replace("GET", "POST")))).startsWith("HTTP/1.1 503 ");
        assertThat(requests).hasValue(4);
        assertThat(limits.open()).isEqualTo(4);
    }

    /** Their answers would wait for the bodies, and a probe behind them for a place. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10", "Transfer-Encoding: chunked"})
    void probesThatPromiseABodyTakeNoPlaceOfOthers(String body) throws Exception {
        HttpConnections limits = serve(4, LONG, LONG, one -> one.response().end("ok"));
        for (int i = 0; i < 4; i++) {
            connect("");
        }
        await().atMost(LONG).until(() -> limits.open() == 4);
        String stalled = GET.formatted("live").replace("\r\n\r\n", "\r\n" + body + "\r\n\r\n");
        for (int i = 0; i < ConnectionReserve.PLACES; i++) {
            assertThat(rest(connect(stalled))).startsWith("HTTP/1.1 503 ");
        }

        assertThat(rest(connect(GET.formatted("live")))).startsWith("HTTP/1.1 200 ");
        assertThat(rest(connect(GET.formatted("live/"))))
                .as("as the path without the slash")
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void oneClientLeavesConnectionsToOthers() throws Exception {
        String get = GET.formatted("").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        HttpConnections limits = serve(new HttpConnections(6, 4, LONG, LONG, 10_000), one -> one.response()
                .end("ok"));
        for (int i = 0; i < 10; i++) {
            connect("");
        }
        await().atMost(LONG).until(() -> limits.refused() == 6);
        assertThat(rest(connect(get))).startsWith("HTTP/1.1 503 ");

        try (Socket other = new Socket()) {
            other.bind(new InetSocketAddress("127.0.0.2", 0));
            other.connect(new InetSocketAddress("127.0.0.1", port));
            other.setSoTimeout(30_000);
            other.getOutputStream().write(get.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(rest(other)).startsWith("HTTP/1.1 200 ");
        }
        sockets.get(0).close();
        await().atMost(LONG).until(() -> limits.open() == 3);
        assertThat(rest(connect(get))).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: +5",
                "Content-Length: 5, 6"
            })
    void ambiguousLengthsAreRefused(String lengths) throws Exception {
        serve(8, LONG, LONG, one -> one.response().end("ok"));

        assertThat(rest(connect("POST / HTTP/1.1\r\nHost: localhost\r\n" + lengths
                        + "\r\n\r\n0\r\n\r\nGET /second HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("HTTP/1.1 200", "ok");
        assertThat(requests).hasValue(0);
    }

    @Test
    void descriptorsOfConnectorsAreLeft() {
        assertThat(new HttpConnections(256, 192, LONG, LONG, 1_000).most()).isEqualTo(256);
        assertThat(new HttpConnections(256, 192, LONG, LONG, 100).most()).isEqualTo(100 - HttpConnections.RESERVED);
        HttpConnections few = new HttpConnections(256, 192, LONG, LONG, 10);
        assertThat(few.most()).isEqualTo(4);
        assertThat(few.mostOfClient()).isEqualTo(3);
    }
}
