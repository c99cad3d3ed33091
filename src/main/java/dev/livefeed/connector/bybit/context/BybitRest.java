package dev.livefeed.connector.bybit.context;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.RequestsPerSecond;
import dev.livefeed.connector.feed.RestBudget;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.feed.RestFailure.Kind;
import dev.livefeed.connector.feed.RestRules;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.session.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * The answers of Bybit's REST interface: a usable one has {@code retCode} 0. After a 403 requests pause for 10 minutes,
 * after another rate limit error until the reset time, if that is given.
 */
public final class BybitRest implements RestRules {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration BAN = Duration.ofMinutes(10);
    private static final long LONGEST_RESET_MICROS = 60_000_000L;
    private static final Set<Integer> TRANSIENT_CODES = Set.of(-1, 0, 429, 10000, 10006, 10016, 10018);
    private static final Set<Integer> BLOCKED_CODES = Set.of(10009, 10010, 10024, 10027);

    /** The venue allows 600 in 5 s. */
    private static final int MAX_PER_SECOND = 100;

    private static final int MAX_BACKGROUND_PER_SECOND = 50;

    private final BybitSettings settings;

    public BybitRest(BybitSettings settings) {
        this.settings = settings;
    }

    public static RestBudget budget(TimeSource time) {
        return new RequestsPerSecond(time, MAX_PER_SECOND, MAX_BACKGROUND_PER_SECOND);
    }

    @Override
    public URI base() {
        return settings.restBase();
    }

    @Override
    public Duration timeout() {
        return settings.limits().rest();
    }

    @Override
    public String clockPath() {
        return "/v5/market/time";
    }

    @Override
    public long clockMicros(byte[] body) throws IOException {
        return time(body);
    }

    @Override
    public Outcome judge(HttpAnswer answer, long nowMicros) {
        long retCode = answer.status() == 200 ? retCode(answer.body()) : -1;
        Pause pause = Pause.NONE;
        if (answer.status() == 403) {
            pause = new Pause("the venue answered 403", false, BAN);
        } else if (answer.status() == 429 || retCode == 10006 || retCode == 10018 || retCode == 429) {
            pause = new Pause(
                    "the venue answered " + (retCode > 0 ? retCode : answer.status()), true, reset(answer, nowMicros));
        }
        if (retCode == 0) {
            return new Outcome(null, null, pause);
        }
        String reason = "the venue answered " + (answer.status() == 200 ? "retCode " + retCode : answer.status());
        return new Outcome(failure(answer, nowMicros / 1_000), reason, pause);
    }

    private static Duration reset(HttpAnswer answer, long nowMicros) {
        long micros = answer.resetAtMillis() > 0 ? answer.resetAtMillis() * 1_000L - nowMicros : 0;
        return Duration.ofNanos(Math.max(0, Math.min(LONGEST_RESET_MICROS, micros)) * 1_000L);
    }

    /** The venue's code, or -1 if the body has none. */
    private static long retCode(byte[] body) {
        try (JsonParser p = JSON.createParser(body)) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                while (p.nextToken() == JsonToken.FIELD_NAME) {
                    boolean code = p.currentName().equals("retCode");
                    JsonToken value = p.nextToken();
                    if (code) {
                        return FrameValues.integerOr(p, value, -1);
                    }
                    p.skipChildren();
                }
            }
            return -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** @param nowMillis wall clock, for headers with an absolute time */
    static RestFailure failure(HttpAnswer answer, long nowMillis) {
        Duration wait = RestFailure.retryAfter(answer, nowMillis);
        if (answer.status() != 200) {
            return ofStatus(answer, wait);
        }
        int code = -1;
        String message = "";
        try (JsonParser p = JSON.createParser(answer.body())) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                while (p.nextToken() == JsonToken.FIELD_NAME) {
                    String name = p.currentName();
                    JsonToken value = p.nextToken();
                    if (name.equals("retCode")) {
                        code = (int) Math.min(FrameValues.integerOr(p, value, -1), Integer.MAX_VALUE);
                    } else if (name.equals("retMsg") && value == JsonToken.VALUE_STRING) {
                        message = RestFailure.line(p.getText());
                    } else {
                        p.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            code = -1;
        }
        if (code == -1) {
            return new RestFailure(Kind.TRANSIENT, "the response has no retCode", wait);
        }
        Kind kind = TRANSIENT_CODES.contains(code)
                ? Kind.TRANSIENT
                : BLOCKED_CODES.contains(code) ? Kind.BLOCKED : Kind.REFUSED;
        return new RestFailure(kind, "retCode " + code + ": " + message, wait);
    }

    private static RestFailure ofStatus(HttpAnswer answer, Duration wait) {
        // A 403: the address either exceeded the rate limit, which ends after ten minutes, or is not served at all.
        boolean tooOften = answer.status() == 403
                && new String(answer.body(), StandardCharsets.UTF_8)
                        .toLowerCase(Locale.ROOT)
                        .contains("too frequent");
        return tooOften
                ? new RestFailure(Kind.TRANSIENT, "HTTP 403: too many requests", wait.isZero() ? BAN : wait)
                : RestFailure.ofStatus(answer.status(), wait);
    }

    /**
     * The time of a response in microseconds: {@code timeNano} of its result, otherwise {@code time} of its envelope.
     */
    public static long time(byte[] body) throws IOException {
        long nano = 0;
        long millis = 0;
        try (JsonParser p = JSON.createParser(body)) {
            for (JsonToken token = p.nextToken(); token != null; token = p.nextToken()) {
                if (!token.isScalarValue()) {
                    continue;
                }
                if ("timeNano".equals(p.currentName())) {
                    nano = whole(p.getText());
                } else if ("time".equals(p.currentName())) {
                    millis = whole(p.getText());
                }
            }
        }
        // Both must lie within the years 2009 to 2100.
        if (nano / 1_000_000L >= 1_230_768_000_000L && nano / 1_000_000L < 4_102_444_800_000L) {
            return nano / 1_000L;
        }
        if (millis >= 1_230_768_000_000L && millis < 4_102_444_800_000L) {
            return millis * 1_000L;
        }
        throw new IOException("the response contains no time");
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
