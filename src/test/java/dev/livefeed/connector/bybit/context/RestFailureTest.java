package dev.livefeed.connector.bybit.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.feed.RestFailure.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestFailureTest {

    private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "500,TRANSIENT",
        "502,TRANSIENT",
        "503,TRANSIENT",
        "408,TRANSIENT",
        "418,TRANSIENT",
        "429,TRANSIENT",
        "403,BLOCKED",
        "451,BLOCKED",
        "400,REFUSED",
        "404,REFUSED",
        "301,REFUSED"
    })
    void statusCodesAreToldApart(int status, Kind kind) {
        RestFailure failure = failure(status, "<html>", null);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.reason()).contains("HTTP " + status);
        assertThat(failure.retryAfter()).isZero();
    }

    @Test
    void aQuotedCodeIsACode() {
        BybitRest rest = new BybitRest(null);

        assertThat(rest.judge(answer("{\"retCode\":\"0\",\"retMsg\":\"OK\"}"), 0)
                        .failure())
                .isNull();
        assertThat(failure(200, "{\"retCode\":\"10001\",\"retMsg\":\"params error\"}", null))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
                    assertThat(failure.reason()).isEqualTo("retCode 10001: params error");
                });
    }

    private static HttpAnswer answer(String body) {
        return new HttpAnswer(200, 0, bytes(body));
    }

    @Test
    void aBanForAskingTooOftenPassesAfterTenMinutes() {
        RestFailure failure = failure(403, "{\"ret_msg\":\"access too frequent\"}", null);

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void retryAfterIsReadAsSecondsAndAsADate() {
        assertThat(failure(429, "", "17").retryAfter()).isEqualTo(Duration.ofSeconds(17));
        assertThat(failure(503, "", "Sun, 01 Mar 2026 12:01:30 GMT").retryAfter())
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(failure(503, "", "Sun, 01 Mar 2026 11:00:00 GMT").retryAfter())
                .isZero();
        assertThat(failure(503, "", "soon").retryAfter()).isZero();
    }

    @Test
    void theResetOfTheRateLimitIsWaitedFor() {
        RestFailure failure = BybitRest.failure(
                new HttpAnswer(200, NOW + 2_500, bytes("{\"retCode\":10006,\"retMsg\":\"Too many visits!\"}")), NOW);

        assertThat(failure)
                .isEqualTo(
                        new RestFailure(Kind.TRANSIENT, "retCode 10006: Too many visits!", Duration.ofMillis(2_500)));
    }

    @ParameterizedTest
    @CsvSource({"10001,REFUSED", "10009,BLOCKED", "10016,TRANSIENT", "10018,TRANSIENT", "429,TRANSIENT", "10010,BLOCKED"
    })
    void codesAreToldApart(int code, Kind kind) {
        assertThat(failure(200, "{\"retCode\":" + code + ",\"retMsg\":\"no\"}", null)
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"retCode\":", "[]", "{}", "{\"retCode\":\"0\"}", "null"})
    void whatIsNoAnswerMayPass(String body) {
        assertThat(failure(200, body, null).kind()).isEqualTo(Kind.TRANSIENT);
    }

    private static RestFailure failure(int status, String body, String retryAfter) {
        return BybitRest.failure(new HttpAnswer(status, 0, retryAfter, bytes(body)), NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
