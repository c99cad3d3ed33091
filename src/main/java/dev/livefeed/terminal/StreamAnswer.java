package dev.livefeed.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** The answer to a request for the stream, which may be that of any other server, and why there is none. */
final class StreamAnswer {

    /** The interval of the comments, in seconds. */
    private static final String PING = "Stream-Ping";

    /** Of a server that does not tell the interval of its comments, which is 20 s by default. */
    private static final Duration USUAL_SILENCE = Duration.ofSeconds(65);

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(15);
    private static final int COMMENTS = 3;
    private static final int LATE_SECONDS = 5;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STREAM = "text/event-stream";
    private static final int MOST_BYTES = 10_000;
    /** What waiting does not change: another login, or another name of the server, is needed. */
    private static final Set<Integer> FOR_GOOD = Set.of(401, 403, 421);

    private static final int NO_LOGIN = 401;

    private final HttpResponse<InputStream> response;

    StreamAnswer(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /** How long a connection to this server may carry nothing. */
    Duration silence() {
        return silence(header(PING));
    }

    static Duration silence(String seconds) {
        if (!seconds.matches("\\d{1,7}")) {
            return USUAL_SILENCE;
        }
        Duration silence = Duration.ofSeconds((long) COMMENTS * Integer.parseInt(seconds) + LATE_SECONDS);
        return silence.compareTo(LEAST_SILENCE) < 0 ? LEAST_SILENCE : silence;
    }

    boolean isStream() {
        return response.statusCode() == 200 && type().equals(STREAM);
    }

    /** Whether a program that had sent the stream before will not send it again by itself. */
    boolean isFinal() {
        return FOR_GOOD.contains(response.statusCode());
    }

    /** What it is instead of the stream. */
    String reason(InputStream body) throws IOException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return status + " without a stream (" + (type().isEmpty() ? "of no type" : type())
                    + "); does --url name the HTTP port of the program?";
        }
        if (status / 100 == 3 && !header("Location").isEmpty()) {
            return status + ": it has moved to " + header("Location");
        }
        return status
                + text(body)
                + (status == NO_LOGIN
                        ? "; a token is read from LIVEFEED_TOKEN, another login from LIVEFEED_USER and"
                                + " LIVEFEED_PASSWORD"
                        : "");
    }

    /** The reason that a program gives; of pages of other servers nothing but their type. */
    private String text(InputStream body) throws IOException {
        if (!type().equals("application/json") && !type().equals("text/plain")) {
            return type().isEmpty() ? "" : " (" + type() + ")";
        }
        String text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        try {
            text = JSON.readTree(text).path("error").asText(text);
        } catch (JsonProcessingException e) {
            // As it is.
        }
        return text.isBlank() ? "" : ": " + text.strip();
    }

    private String type() {
        return header("Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private String header(String name) {
        HttpHeaders headers = response.headers();
        return headers.firstValue(name).orElse("");
    }

    /** Why a connection failed, in words also where the JDK has none. */
    static String failure(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the name of the host is unknown";
            }
        }
        if (e.getMessage() != null) {
            return e.getMessage();
        }
        return e instanceof ConnectException ? "nothing listens there" : e.toString();
    }
}
