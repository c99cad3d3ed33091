package dev.livefeed.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.backfill.RestException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Bybit's public REST interface: every way in which it fails is told apart by what can be done about it. */
final class BybitRest implements Rest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 8 << 20;
    private static final Duration LIMIT_PAUSE = Duration.ofMinutes(10);
    private static final Set<Integer> PASSING = Set.of(429, 10000, 10006, 10016, 10018);
    private static final Set<Integer> BLOCKED = Set.of(10009, 10010, 10024, 10027);

    private final String base;
    private final Duration timeout;
    private final LongSupplier nowMillis;
    private HttpClient client;

    /**
     * A client that opens nothing until it is used.
     *
     * @param base address without a path, such as https://api.bybit.com
     * @param timeout for a whole answer
     * @param nowMillis wall clock, for headers that name a time
     */
    BybitRest(String base, Duration timeout, LongSupplier nowMillis) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.timeout = timeout;
        this.nowMillis = nowMillis;
    }

    @Override
    public JsonNode get(String pathAndQuery) throws RestException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(timeout)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(request, info -> new LimitedBody(MAX_BYTES));
        try {
            return checked(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new RestException(Kind.PASSING, "no whole answer within " + timeout.toMillis() + " ms", null);
        } catch (ExecutionException e) {
            throw new RestException(Kind.PASSING, "no answer: " + e.getCause(), null);
        } finally {
            answer.cancel(true);
        }
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(timeout)
                    .build();
        }
        return client;
    }

    private JsonNode checked(HttpResponse<byte[]> response) throws RestException {
        int status = response.statusCode();
        if (status != 200) {
            throw refusal(response, status);
        }
        JsonNode answer;
        try {
            answer = JSON.readTree(response.body());
        } catch (IOException e) {
            throw new RestException(Kind.PASSING, "the answer is no JSON", null);
        }
        if (!answer.path("retCode").isInt()) {
            throw new RestException(Kind.PASSING, "the answer has no retCode", null);
        }
        int code = answer.path("retCode").asInt();
        if (code != 0) {
            String message =
                    "retCode " + code + ": " + line(answer.path("retMsg").asText());
            Kind kind = PASSING.contains(code) ? Kind.PASSING : BLOCKED.contains(code) ? Kind.BLOCKED : Kind.REFUSED;
            throw new RestException(kind, message, untilReset(response));
        }
        return answer;
    }

    private RestException refusal(HttpResponse<byte[]> response, int status) {
        String message = "HTTP " + status;
        Duration wait = retryAfter(response);
        if (status == 451) {
            return new RestException(Kind.BLOCKED, message + ": not served in this region", wait);
        }
        if (status == 403) {
            // Either this address has asked too often, which passes after ten minutes, or it is not served at all.
            boolean tooOften = new String(response.body(), StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT)
                    .contains("too frequent");
            return tooOften
                    ? new RestException(Kind.PASSING, message + ": asked too often", wait == null ? LIMIT_PAUSE : wait)
                    : new RestException(Kind.BLOCKED, message + ": not served to this address", wait);
        }
        boolean passing = status == 408 || status == 418 || status == 429 || status >= 500;
        return new RestException(passing ? Kind.PASSING : Kind.REFUSED, message, wait);
    }

    /** Seconds or a date, as HTTP has it. */
    private Duration retryAfter(HttpResponse<?> response) {
        String text = response.headers().firstValue("Retry-After").orElse("").strip();
        if (text.matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            long at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
            return Duration.ofMillis(Math.max(0, at - nowMillis.getAsLong()));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Duration untilReset(HttpResponse<?> response) {
        String text =
                response.headers().firstValue("X-Bapi-Limit-Reset-Timestamp").orElse("");
        return text.matches("\\d{13}")
                ? Duration.ofMillis(Math.max(0, Long.parseLong(text) - nowMillis.getAsLong()))
                : retryAfter(response);
    }

    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
