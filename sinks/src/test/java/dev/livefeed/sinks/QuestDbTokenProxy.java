package dev.livefeed.sinks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Asks for a token in front of QuestDB, whose open version has none. */
final class QuestDbTokenProxy implements SecureServer {

    private static final String TOKEN = "t0ken/of+the=database";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final QuestDbServer database;
    private final HttpServer proxy;

    QuestDbTokenProxy(QuestDbServer database) throws IOException {
        this.database = database;
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ServerProcess.freePort()), 0);
        proxy.createContext("/", this::answer);
        proxy.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, body);
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(database.settings().get("SINK_QUESTDB_URL") + exchange.getRequestURI()))
                .timeout(Duration.ofSeconds(30))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public String sink() {
        return database.sink();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "SINK_QUESTDB_URL", "http://127.0.0.1:" + proxy.getAddress().getPort(), secret(), TOKEN);
    }

    @Override
    public boolean hasTls() {
        return false;
    }

    @Override
    public String secret() {
        return "SINK_QUESTDB_TOKEN";
    }

    @Override
    public String loginFailure() {
        return "QuestDB answers 401$";
    }

    @Override
    public ServerProcess process() {
        return database.process();
    }

    @Override
    public void read(DeliveryCheck check) throws Exception {
        database.read(check);
    }

    @Override
    public void close() {
        proxy.stop(0);
        database.close();
    }
}
