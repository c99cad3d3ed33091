package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over real sockets, with the JDK's HTTP client. */
class ExchangeServerTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private ExchangeServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void streamsABook() throws IOException {
        start(ExchangeConfig.builder());
        Listener listener = new Listener();
        WebSocket socket = connect("/v5/public/linear", listener);
        BookReplica book = new BookReplica(50);

        socket.sendText("{\"op\":\"subscribe\",\"args\":[\"orderbook.50.BTCUSDT\"]}", true)
                .join();

        await().until(() -> listener.texts.size() > 20);
        List<JsonNode> frames =
                listener.texts.stream().map(RecordingConnection::parse).toList();
        assertThat(frames.get(0).path("success").asBoolean()).isTrue();
        frames.subList(1, frames.size()).forEach(book::apply);
    }

    @Test
    void longFramesAndFragmentedRequestsAreSupported() throws IOException {
        start(ExchangeConfig.builder());
        Listener listener = new Listener();
        WebSocket socket = connect("/v5/public/spot", listener);

        socket.sendText("{\"op\":\"subscribe\",\"args\":[\"order", false).join();
        socket.sendText("book.1000.BTCUSDT\",\"orderbook.200.BTCUSDT\"]}", true).join();

        await().until(() -> listener.texts.size() > 2);
        assertThat(RecordingConnection.parse(listener.texts.get(1)).path("data").path("b"))
                .hasSize(1000);
        assertThat(RecordingConnection.parse(listener.texts.get(2)).path("data").path("b"))
                .hasSize(200);
    }

    @Test
    void everyResponseIsMarkedAsSynthetic() throws Exception {
        start(ExchangeConfig.builder());

        assertThat(get("/v5/market/time").headers().firstValue("X-Synthetic")).hasValue("true");
        assertThat(get("/nowhere").headers().firstValue("X-Synthetic")).hasValue("true");
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(rawHandshake()).startsWith("HTTP/1.1 101").containsIgnoringCase("X-Synthetic: true");
    }

    @Test
    void requestsBeyondTheRateLimitAreRejected() throws Exception {
        start(ExchangeConfig.builder());
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String request = "GET /v5/market/time HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream()
                    .write((request.repeat(649) + request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))
                            .getBytes(StandardCharsets.US_ASCII));

            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers.split("HTTP/1.1 200")).hasSize(601);
            assertThat(answers.split("HTTP/1.1 403")).hasSize(51);
            assertThat(answers.indexOf("HTTP/1.1 403")).isGreaterThan(answers.lastIndexOf("HTTP/1.1 200"));
            assertThat(answers).contains("access too frequent");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v5/market/kline?symbol=%zz HTTP/1.1", "GET / HTTP/1.1\r\nX", "nonsense"})
    void malformedRequestIsRejected(String first) throws Exception {
        start(ExchangeConfig.builder());
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write((first + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 40");
        }
        assertThat(get("/v5/market/time").statusCode()).isEqualTo(200);
    }

    @Test
    void unknownStreamIsNotFound() throws IOException {
        start(ExchangeConfig.builder());

        assertThatThrownBy(() -> connect("/v5/public/nope", new Listener()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(404));
    }

    @Test
    void excessConnectionsAreRejectedUntilOneCloses() throws IOException {
        start(ExchangeConfig.builder().maxConnections(1));
        WebSocket first = connect("/v5/public/linear", new Listener());

        assertThatThrownBy(() -> connect("/v5/public/linear", new Listener()))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
        first.abort();
        await().untilAsserted(() -> connect("/v5/public/linear", new Listener()).abort());
    }

    @Test
    void idleClientIsClosed() throws IOException {
        start(ExchangeConfig.builder().idleTimeout(Duration.ofMillis(300)));
        Listener listener = new Listener();

        connect("/v5/public/linear", listener);

        await().until(() -> listener.gone);
    }

    @Test
    void slowClientIsClosedWithoutAffectingOthers() throws Exception {
        start(ExchangeConfig.builder().outboundLimit(65536));
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
            upgrade(slow);
            send(
                    slow,
                    "{\"op\":\"subscribe\",\"args\":[\"orderbook.1000.BTCUSDT\",\"orderbook.50.BTCUSDT\","
                            + "\"orderbook.200.BTCUSDT\"]}");
            Listener other = new Listener();
            WebSocket socket = connect("/v5/public/linear", other);
            socket.sendText("{\"op\":\"subscribe\",\"args\":[\"orderbook.1.ETHUSDT\"]}", true)
                    .join();
            await().until(() -> sessions() == 2);

            post("/control/fault?kind=burst&for=60s&topic=*BTCUSDT");
            await().atMost(Duration.ofSeconds(50)).until(() -> sessions() == 1);

            int before = other.texts.size();
            await().until(() -> other.texts.size() > before + 20);
            assertThat(other.gone).isFalse();
        }
    }

    @Test
    void clientThatPingsWithoutReadingPongsIsClosed() throws Exception {
        start(ExchangeConfig.builder().outboundLimit(65536));
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
            upgrade(client);
            byte[] ping = new byte[6 + 125];
            ping[0] = (byte) 0x89;
            ping[1] = (byte) (0x80 | 125);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000_000; i++) {
                            client.getOutputStream().write(ping);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(get("/v5/market/time").statusCode()).isEqualTo(200);
    }

    /** The thread of the market waits for its clock, so it cannot keep up with the client. */
    @Test
    void clientThatFloodsTheExchangeIsClosed() throws Exception {
        ReentrantLock market = new ReentrantLock();
        server = ExchangeServer.start(ExchangeConfig.builder().build(), () -> {
            market.lock();
            try {
                return System.currentTimeMillis();
            } finally {
                market.unlock();
            }
        });
        try (Socket client = new Socket("127.0.0.1", server.port())) {
            upgrade(client);
            byte[] frame = new byte[14 + 200_000];
            frame[0] = (byte) 0x81;
            frame[1] = (byte) 0xff;
            frame[7] = (byte) (200_000 >> 16);
            frame[8] = (byte) (200_000 >> 8);
            frame[9] = (byte) (200_000 & 0xff);
            Arrays.fill(frame, 14, frame.length, (byte) '[');

            market.lock();
            try {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 500; i++) {
                                client.getOutputStream().write(frame);
                            }
                        })
                        .isInstanceOf(IOException.class);
            } finally {
                market.unlock();
            }
        }
        assertThat(get("/v5/market/time").statusCode()).isEqualTo(200);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        start(ExchangeConfig.builder());
        try (Socket client = new Socket("127.0.0.1", server.port())) {
            client.getOutputStream()
                    .write(("GET /v5/market/time HTTP/1.1\r\n\r\nGET /v5/nothing HTTP/1.1\r\n\r\n"
                                    + "GET /v5/market/time HTTP/1.1\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers.split("HTTP/1.1 "))
                    .extracting(answer -> answer.substring(0, Math.min(3, answer.length())))
                    .containsExactly("", "200", "404", "200");
        }
    }

    @Test
    void endlessPipelinedRequestsAreNotBuffered() throws Exception {
        start(ExchangeConfig.builder().rateLimits(false));
        byte[] many = "GET /v5/market/time HTTP/1.1\r\n\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (SocketChannel client = SocketChannel.open(new java.net.InetSocketAddress("127.0.0.1", server.port()))) {
            client.configureBlocking(false);

            // The responses are never read, so the exchange must stop reading from this client.
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> acceptsNothing(client, many));

            assertThat(get("/v5/market/time").statusCode()).isEqualTo(200);
        }
    }

    private static boolean acceptsNothing(SocketChannel channel, byte[] bytes) {
        boolean nothing = true;
        try {
            while (channel.write(ByteBuffer.wrap(bytes)) > 0) {
                nothing = false;
            }
        } catch (IOException e) {
            // Closed by the exchange.
        }
        return nothing;
    }

    @Test
    void requestNotCompletedInTimeIsAborted() throws Exception {
        start(ExchangeConfig.builder().requestTimeout(Duration.ofMillis(500)));
        try (Socket slow = new Socket("127.0.0.1", server.port())) {
            slow.setTcpNoDelay(true);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            slow.getOutputStream().write('G');
                            await().pollDelay(Duration.ofMillis(20)).until(() -> true);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void totalConnectionsAreLimited() throws Exception {
        start(ExchangeConfig.builder().maxConnections(1));
        List<Socket> open = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < 7; i++) {
                open.add(new Socket("127.0.0.1", server.port()));
            }
            Socket rejected = new Socket("127.0.0.1", server.port());
            rejected.setSoTimeout(10_000); // well before the server closes connections without a request
            open.add(rejected);
            assertThat(rejected.getInputStream().read()).isEqualTo(-1);

            open.get(0).close();
            await().until(() -> get("/v5/market/time").statusCode() == 200);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void portInUseIsNamedInTheError() throws IOException {
        start(ExchangeConfig.builder());

        assertThatThrownBy(() -> ExchangeServer.start(
                        ExchangeConfig.builder().port(server.port()).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port())
                .hasMessageContaining("in use");
    }

    @Test
    void closeIsIdempotentAndFreesThePort() throws IOException {
        start(ExchangeConfig.builder());
        Listener listener = new Listener();
        connect("/v5/public/linear", listener);
        int port = server.port();

        server.close();
        server.close();

        await().until(() -> listener.gone);
        try (ExchangeServer next =
                ExchangeServer.start(ExchangeConfig.builder().port(port).build())) {
            assertThat(next.port()).isEqualTo(port);
        }
    }

    @Test
    void resetHappensInTheMiddleOfAFrame() throws Exception {
        start(ExchangeConfig.builder());
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            upgrade(socket);
            send(socket, "{\"op\":\"subscribe\",\"args\":[\"orderbook.1000.BTCUSDT\"]}");
            // A reset discards unread data, so the client reads before it happens.
            post("/control/fault?kind=reset&after=500ms");
            ByteArrayOutputStream all = new ByteArrayOutputStream();

            assertThatThrownBy(() -> socket.getInputStream().transferTo(all)).isInstanceOf(IOException.class);

            assertThat(all.size()).isPositive();
            assertThat(all.toString(StandardCharsets.US_ASCII)).doesNotEndWith("}");
        }
    }

    @Test
    void halfOpenConnectionStaysOpenAndSilent() throws Exception {
        start(ExchangeConfig.builder());
        Listener listener = new Listener();
        WebSocket socket = connect("/v5/public/linear", listener);
        socket.sendText("{\"op\":\"subscribe\",\"args\":[\"orderbook.1.BTCUSDT\"]}", true)
                .join();
        await().until(() -> listener.texts.size() > 2);

        post("/control/fault?kind=half-open");
        await().until(() -> get("/control/faults").body().equals("{\"faults\":[]}"));
        // Frames in flight when the fault started may still arrive.
        await().during(Duration.ofMillis(400)).until(() -> {
            int before = listener.texts.size();
            socket.sendText("{\"op\":\"ping\"}", true).join();
            return before == listener.texts.size();
        });

        assertThat(listener.gone).isFalse();
    }

    @Test
    void refusalsOnPathsOfBinanceHaveItsBodies() throws Exception {
        start(ExchangeConfig.builder()
                .venues(Set.of(Venue.BYBIT, Venue.BINANCE))
                .maxConnections(1)
                .faults(List.of("handshake,topic=/public/ws*,status=418,by=9s")));

        assertThat(handshake("/nowhere/ws")).startsWith("HTTP/1.1 404").contains("<h2>404 Not found</h2>");
        assertThat(handshake("/public/ws/btcusdt@trade"))
                .startsWith("HTTP/1.1 418")
                .contains("{\"code\":-1003,")
                .containsIgnoringCase("retry-after: 9");
        connect("/ws/btcusdt@trade", new Listener());
        assertThat(handshake("/ws/btcusdt@trade")).startsWith("HTTP/1.1 429").contains("{\"code\":-1003,");
        connect("/v5/public/spot", new Listener());
        assertThat(handshake("/v5/public/spot")).startsWith("HTTP/1.1 403").contains("{\"retCode\":403,");
    }

    @Test
    void anAddressMayNameAsManyStreamsAsAConnectionMayHave() throws Exception {
        start(ExchangeConfig.builder().venues(Set.of(Venue.BINANCE)));
        Listener listener = new Listener();
        String names = IntStream.range(0, 1024)
                .mapToObj(i -> "symbol" + i + "usdt@depth@100ms")
                .collect(Collectors.joining("/"));
        WebSocket socket = connect("/stream?streams=" + names, listener);
        socket.sendText("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}", true).join();
        await().until(() -> !listener.texts.isEmpty());
        assertThat(listener.texts.get(0).split(",")).hasSize(1025);

        socket.sendText("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":2}", true)
                .join();
        await().until(() -> listener.gone);
        assertThat(listener.texts.get(1))
                .isEqualTo("{\"error\":{\"code\":4,\"msg\":\"Too many subscriptions\"},\"id\":2}");
        assertThat(listener.ending).isEqualTo("1008 Invalid request");
    }

    @Test
    void requestsThatCannotBeReadHaveTheBodyOfBinance() throws Exception {
        start(ExchangeConfig.builder().venues(Set.of(Venue.BINANCE)));

        assertThat(get("/api/v3/depth?symbol=BTCUSDT&symbol=BTCUSDT").body())
                .isEqualTo("{\"code\":-1101,\"msg\":\"Duplicate values for a parameter detected.\"}");
        assertThat(posted("/fapi/v1/depth?symbol=BTCUSDT"))
                .extracting(HttpResponse::statusCode, HttpResponse::body)
                .containsExactly(404, "{\"code\":-5000,\"msg\":\"Path /fapi/v1/depth, Method POST is invalid\"}");
        assertThat(posted("/api/v3/depth?symbol=BTCUSDT").statusCode()).isEqualTo(404);
    }

    /** The answer to a handshake that is refused, whose connection is closed. */
    private String handshake(String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void handshakeAndSlowRestFaultsApplyOverHttp() throws Exception {
        start(ExchangeConfig.builder().faults(List.of("handshake,status=429", "slow-rest,by=300ms")));

        assertThatThrownBy(() -> connect("/v5/public/linear", new Listener()))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(429));
        connect("/v5/public/linear", new Listener()).abort();
        long before = System.nanoTime();
        assertThat(get("/v5/market/time").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void controlRequestsFromWebPagesAreRejected() throws Exception {
        start(ExchangeConfig.builder());

        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(server.restUrl() + "/control/faults"))
                        .header("Origin", "http://example.com")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    private void start(ExchangeConfig.Builder config) throws IOException {
        server = ExchangeServer.start(config.build());
    }

    private WebSocket connect(String path, Listener listener) {
        return http.newWebSocketBuilder()
                .buildAsync(URI.create(server.streamUrl() + path), listener)
                .join();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.restUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void post(String path) throws Exception {
        assertThat(posted(path).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> posted(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.restUrl() + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String rawHandshake() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            return upgrade(socket);
        }
    }

    private static String upgrade(Socket socket) throws IOException {
        String request =
                "GET /v5/public/linear HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.read());
        }
        return answer.toString();
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        // A client frame with an all-zero mask.
        out.write(0x81);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.write(new byte[] {(byte) (0x80 | 126), (byte) (payload.length >> 8), (byte) payload.length});
        }
        out.write(new byte[4]);
        out.write(payload);
        out.flush();
    }

    private int sessions() throws Exception {
        return RecordingConnection.parse(get("/control/sessions").body())
                .path("sessions")
                .size();
    }

    private static final class Listener implements WebSocket.Listener {
        final List<String> texts = new CopyOnWriteArrayList<>();
        private final StringBuilder part = new StringBuilder();
        volatile boolean gone;
        volatile String ending;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                texts.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            ending = status + " " + reason;
            gone = true;
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            gone = true;
        }
    }
}
