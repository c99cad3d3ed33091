package dev.livefeed.app.backfill;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.backfill.RestException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Bybit's public REST interface: every way in which it fails is told apart by what can be done about it. Over the JDK's
 * old client, since its new one takes 25 MB for the few requests of a start.
 */
final class BybitRest implements Rest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int MAX_BYTES = 8 << 20;
    private static final Duration LIMIT_PAUSE = Duration.ofMinutes(10);
    private static final Set<Integer> PASSING = Set.of(429, 10000, 10006, 10016, 10018);
    private static final Set<Integer> BLOCKED = Set.of(10009, 10010, 10024, 10027);

    private final String base;
    private final Duration timeout;
    private final LongSupplier nowMillis;

    /**
     * A client that opens nothing until it is used.
     *
     * @param base address without a path, such as https://api.bybit.com
     * @param timeout for connecting, for each part of an answer and for the whole of it
     * @param nowMillis wall clock, for headers that name a time
     */
    BybitRest(String base, Duration timeout, LongSupplier nowMillis) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.timeout = timeout;
        this.nowMillis = nowMillis;
    }

    @Override
    public JsonNode get(String pathAndQuery) throws RestException {
        HttpURLConnection connection = null;
        try {
            connection =
                    (HttpURLConnection) URI.create(base + pathAndQuery).toURL().openConnection();
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Accept", "application/json");
            int status = connection.getResponseCode();
            byte[] body = body(status < 400 ? connection.getInputStream() : connection.getErrorStream());
            long announced = connection.getContentLengthLong();
            if (announced >= 0 && body.length < announced) {
                throw new IOException("the answer ended after " + body.length + " of " + announced + " bytes");
            }
            return checked(connection, status, body);
        } catch (IOException e) {
            if (connection != null) {
                connection.disconnect();
            }
            throw new RestException(Kind.PASSING, "no whole answer: " + line(e.toString()), null);
        }
    }

    private byte[] body(InputStream stream) throws IOException {
        if (stream == null) {
            return new byte[0];
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[16_384];
        try (stream) {
            for (int read = stream.read(part); read >= 0; read = stream.read(part)) {
                bytes.write(part, 0, read);
                if (bytes.size() > MAX_BYTES) {
                    throw new IOException("the answer is longer than " + MAX_BYTES + " bytes");
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException("the answer took longer than " + timeout.toMillis() + " ms");
                }
            }
        }
        return bytes.toByteArray();
    }

    private JsonNode checked(HttpURLConnection response, int status, byte[] body) throws RestException {
        if (status != 200) {
            throw refusal(response, status, body);
        }
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
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

    private RestException refusal(HttpURLConnection response, int status, byte[] body) {
        String message = "HTTP " + status;
        Duration wait = retryAfter(response);
        if (status == 451) {
            return new RestException(Kind.BLOCKED, message + ": not served in this region", wait);
        }
        if (status == 403) {
            // Either this address has asked too often, which passes after ten minutes, or it is not served at all.
            boolean tooOften = new String(body, StandardCharsets.UTF_8)
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
    private Duration retryAfter(HttpURLConnection response) {
        String text = header(response, "Retry-After");
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

    private Duration untilReset(HttpURLConnection response) {
        String text = header(response, "X-Bapi-Limit-Reset-Timestamp");
        return text.matches("\\d{13}")
                ? Duration.ofMillis(Math.max(0, Long.parseLong(text) - nowMillis.getAsLong()))
                : retryAfter(response);
    }

    private static String header(HttpURLConnection response, String name) {
        String value = response.getHeaderField(name);
        return value == null ? "" : value.strip();
    }

    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
