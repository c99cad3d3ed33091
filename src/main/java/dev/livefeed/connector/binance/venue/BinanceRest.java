package dev.livefeed.connector.binance.venue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.feed.RestFailure.Kind;
import dev.livefeed.connector.feed.RestRules;
import dev.livefeed.connector.session.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers of the venue's REST interface. After a 429 requests pause as long as {@code Retry-After} says, after a
 * 418, the ban that follows when a 429 is not heeded, likewise.
 */
public final class BinanceRest implements RestRules {

    private static final JsonFactory JSON = new JsonFactory();

    /** The shortest ban; used if the venue does not say when it ends. */
    private static final Duration BAN = Duration.ofMinutes(2);

    /** Longest pause: the venue's longest ban is three days, but it is tried again each hour. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Of the message of a ban: "… IP banned until 1573713812345. …", milliseconds since 1970. */
    private static final Pattern BANNED_UNTIL = Pattern.compile("banned until (\\d{13})\\b");

    /** Codes of temporary failures: disconnected, unexpected answer, timeout, overload. */
    private static final Set<Integer> TRANSIENT_CODES = Set.of(-1000, -1001, -1006, -1007, -1008);

    private static final int TOO_MANY = -1003;

    private final BinanceSettings settings;

    public BinanceRest(BinanceSettings settings) {
        this.settings = settings;
    }

    @Override
    public URI base() {
        return settings.hosts().rest();
    }

    @Override
    public Duration timeout() {
        return settings.limits().rest();
    }

    @Override
    public String clockPath() {
        return settings.rest("/time");
    }

    @Override
    public Outcome judge(HttpAnswer answer, long nowMicros) {
        int status = answer.status();
        if (status == 200) {
            return Outcome.GOOD;
        }
        Error error = Error.read(answer.body());
        Duration wait = min(requiredWait(answer, error, nowMicros / 1_000));
        String reason = "the venue answered " + status + (error.code() == 0 ? "" : ", code " + error.code());
        Pause pause = Pause.NONE;
        if (status == 418) {
            wait = wait.isZero() ? BAN : wait;
            pause = new Pause("the venue answered 418, this address is banned", false, wait);
        } else if (status == 429 || error.code() == TOO_MANY) {
            pause = new Pause("the venue answered " + status, true, wait);
        } else if (status == 403) {
            pause = new Pause("the venue's firewall answered 403", true, wait.isZero() ? BAN : wait);
        }
        return new Outcome(failure(status, error, wait, pause), reason, pause);
    }

    private static RestFailure failure(int status, Error error, Duration wait, Pause pause) {
        if (pause.reason() != null || TRANSIENT_CODES.contains(error.code())) {
            return new RestFailure(Kind.TRANSIENT, "HTTP " + status + error.text(), wait);
        }
        RestFailure byStatus = RestFailure.ofStatus(status, wait);
        return new RestFailure(byStatus.kind(), byStatus.reason() + error.text(), wait);
    }

    /** The wait of the header, otherwise until the time that the message names; zero if neither says one. */
    private static Duration requiredWait(HttpAnswer answer, Error error, long nowMillis) {
        Duration wait = RestFailure.retryAfter(answer, nowMillis);
        Matcher until = BANNED_UNTIL.matcher(error.message());
        return wait.isZero() && until.find()
                ? Duration.ofMillis(Math.max(0, Long.parseLong(until.group(1)) - nowMillis))
                : wait;
    }

    private static Duration min(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    @Override
    public long clockMicros(byte[] body) throws IOException {
        try (JsonParser p = JSON.createParser(body)) {
            for (JsonToken token = p.nextToken(); token != null; token = p.nextToken()) {
                if (token != JsonToken.FIELD_NAME && "serverTime".equals(p.currentName())) {
                    long time = FrameValues.integerOr(p, token, 0);
                    // Milliseconds of the years 2009 to 2100; with another time unit, microseconds.
                    long micros = time < 4_102_444_800_000L ? time * 1_000L : time;
                    if (micros >= 1_230_768_000_000_000L && micros < 4_102_444_800_000_000L) {
                        return micros;
                    }
                }
            }
        }
        throw new IOException("the response contains no time");
    }

    /** The venue's code and message; code 0 if there is none. */
    private record Error(int code, String message) {

        static Error read(byte[] body) {
            int code = 0;
            String message = "";
            try (JsonParser p = JSON.createParser(body)) {
                if (p.nextToken() == JsonToken.START_OBJECT) {
                    while (p.nextToken() == JsonToken.FIELD_NAME) {
                        String name = p.currentName();
                        JsonToken value = p.nextToken();
                        if (name.equals("code")) {
                            long number = FrameValues.signedOr(p, value, 0);
                            code = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
                            p.skipChildren();
                        } else if (name.equals("msg") && value == JsonToken.VALUE_STRING) {
                            message = RestFailure.line(p.getText());
                        } else {
                            p.skipChildren();
                        }
                    }
                }
            } catch (IOException e) {
                return new Error(0, "");
            }
            return new Error(code, message);
        }

        String text() {
            return code == 0 ? "" : ", code " + code + ": " + message;
        }
    }
}
