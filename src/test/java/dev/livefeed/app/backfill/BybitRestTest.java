package dev.livefeed.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livefeed.app.backfill.RestException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BybitRestTest {

    private static final String OK = "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{},\"time\":1}";
    private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private Misbehaviour server;

    @BeforeEach
    void start() throws IOException {
        server = new Misbehaviour();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anAnswerIsGivenBackWhole() throws Exception {
        server.then(200, OK);

        assertThat(rest(server.address() + "/")
                        .get("/v5/market/time")
                        .path("time")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "500,PASSING",
        "502,PASSING",
        "503,PASSING",
        "408,PASSING",
        "418,PASSING",
        "429,PASSING",
        "403,BLOCKED",
        "451,BLOCKED",
        "400,REFUSED",
        "404,REFUSED",
        "301,REFUSED"
    })
    void statusCodesAreToldApart(int status, Kind kind) {
        server.then(status, "<html>");

        RestException failure = failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining("HTTP " + status);
        assertThat(failure.notBefore()).isNull();
    }

    @Test
    void aBanForAskingTooOftenPassesAfterTenMinutes() {
        server.then(403, "{\"ret_msg\":\"access too frequent\"}");

        assertThat(failure().kind()).isEqualTo(Kind.PASSING);
        assertThat(failure().notBefore()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void retryAfterIsReadAsSecondsAndAsADate() {
        server.then(429, "", "Retry-After", "17")
                .then(503, "", "Retry-After", "Sun, 01 Mar 2026 12:01:30 GMT")
                .then(503, "", "Retry-After", "Sun, 01 Mar 2026 11:00:00 GMT")
                .then(503, "", "Retry-After", "soon");

        assertThat(failure().notBefore()).isEqualTo(Duration.ofSeconds(17));
        assertThat(failure().notBefore()).isEqualTo(Duration.ofSeconds(90));
        assertThat(failure().notBefore()).isEqualTo(Duration.ZERO);
        assertThat(failure().notBefore()).isNull();
    }

    @Test
    void theResetOfTheRateLimitIsWaitedFor() {
        server.then(
                200,
                "{\"retCode\":10006,\"retMsg\":\"Too many visits!\"}",
                "X-Bapi-Limit-Reset-Timestamp",
                Long.toString(NOW + 2_500));

        RestException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.PASSING);
        assertThat(failure).hasMessage("retCode 10006: Too many visits!");
        assertThat(failure.notBefore()).isEqualTo(Duration.ofMillis(2_500));
    }

    @ParameterizedTest
    @CsvSource({"10001,REFUSED", "10009,BLOCKED", "10016,PASSING", "10018,PASSING", "429,PASSING", "10010,BLOCKED"})
    void codesAreToldApart(int code, Kind kind) {
        server.then(200, "{\"retCode\":" + code + ",\"retMsg\":\"no\"}");

        assertThat(failure().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"retCode\":", "[]", "{}", "{\"retCode\":\"0\"}", "null"})
    void whatIsNoAnswerMayPass(String body) {
        server.then(200, body);

        assertThat(failure().kind()).isEqualTo(Kind.PASSING);
    }

    @Test
    void anAnswerThatEndsTooSoonMayPass() {
        server.then(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(OK.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("cut");
        });

        assertThat(failure().kind()).isEqualTo(Kind.PASSING);
    }

    @Test
    void anAnswerThatDripsIsGivenUp() {
        server.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            } catch (IOException e) {
                // The client has gone.
            }
        });

        RestException failure = catchThrowableOfType(
                RestException.class, () -> new BybitRest(server.address(), Duration.ofMillis(200), () -> NOW).get("/"));

        assertThat(failure.kind()).isEqualTo(Kind.PASSING);
    }

    @Test
    void anEndlessAnswerIsNotHeld() {
        byte[] much = new byte[1 << 20];
        Arrays.fill(much, (byte) ' ');
        server.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (int i = 0; i < 64; i++) {
                    exchange.getResponseBody().write(much);
                }
            } catch (IOException e) {
                // The client has gone.
            }
        });

        assertThat(failure()).hasMessageContaining("longer than 8388608 bytes");
    }

    @Test
    void silenceIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.then(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        RestException failure = catchThrowableOfType(
                RestException.class, () -> new BybitRest(server.address(), Duration.ofMillis(200), () -> NOW).get("/"));
        over.countDown();

        assertThat(failure.kind()).isEqualTo(Kind.PASSING);
    }

    @Test
    void nobodyThereMayPass() {
        String address = server.address();
        server.close();

        assertThat(catchThrowableOfType(RestException.class, () -> rest(address).get("/"))
                        .kind())
                .isEqualTo(Kind.PASSING);
    }

    private RestException failure() {
        return catchThrowableOfType(
                RestException.class, () -> rest(server.address()).get("/v5/market/kline"));
    }

    private static BybitRest rest(String address) {
        return new BybitRest(address, Duration.ofSeconds(10), () -> NOW);
    }
}
