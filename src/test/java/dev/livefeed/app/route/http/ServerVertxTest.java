package dev.livefeed.app.route.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the HTTP server does with the first request of a client that asks for HTTP/2. */
class ServerVertxTest {

    private static final String LARGE = "x".repeat(200_000);

    private final Vertx vertx = new ServerVertx(
            Vertx.vertx(), new HttpConnections(8, 8, Duration.ofMinutes(1), Duration.ofMinutes(1)), null);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void staysWithHttp1() throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.response().end(LARGE))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();

        // The JDK's client asks for an upgrade to HTTP/2 unless told otherwise.
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(response.body()).isEqualTo(LARGE);
    }
}
