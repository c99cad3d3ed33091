package dev.livefeed.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.function.Consumer;

/** Reads the stream of a running program over Server-Sent Events, and reconnects where it left off. */
final class EventSource {

    /** The stream cannot be had, and trying again does not help. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        RefusedException(String reason) {
            super(reason);
        }
    }

    /** Takes the messages. */
    interface Receiver {

        /** @throws IOException if the output is closed, which ends the reading */
        void message(String json) throws IOException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long MOST_MILLIS = 10_000;

    private final URI address;
    private final String login;
    private final Consumer<String> notes;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private String lastId;
    private boolean connected;

    /**
     * @param base the program, such as {@code http://localhost:8080}
     * @param user with a password if the program wants a login, else null
     * @param notes receives a line when the connection is lost and when it is back
     */
    EventSource(
            URI base,
            Collection<String> channels,
            Collection<String> symbols,
            String user,
            String password,
            Consumer<String> notes) {
        String query = "?channels=" + encoded(channels) + (symbols.isEmpty() ? "" : "&symbols=" + encoded(symbols));
        String text = base.toString();
        address = URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/stream" + query);
        login = user == null
                ? null
                : "Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ':' + (password == null ? "" : password))
                                        .getBytes(StandardCharsets.UTF_8));
        this.notes = notes;
    }

    private static String encoded(Collection<String> names) {
        return URLEncoder.encode(String.join(",", names), StandardCharsets.UTF_8);
    }

    /**
     * Passes on messages until the receiver fails or the thread is interrupted.
     *
     * @throws RefusedException if the first connection does not come about, or the server refuses the request
     * @throws IOException of the receiver
     */
    void read(Receiver receiver) throws RefusedException, IOException, InterruptedException {
        long pause = 500;
        while (true) {
            String why;
            try {
                HttpResponse<InputStream> answer = http.send(request(), HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    if (answer.statusCode() == 200) {
                        if (connected) {
                            notes.accept("connected again");
                        }
                        connected = true;
                        pause = 500;
                        why = pass(body, receiver);
                    } else {
                        why = reason(answer.statusCode(), body);
                        if (answer.statusCode() < 500 && answer.statusCode() != 429 || !connected) {
                            throw new RefusedException(address + " answered " + why);
                        }
                    }
                }
            } catch (OutputClosedException e) {
                throw e.why;
            } catch (IOException e) {
                why = e.getMessage() == null ? e.toString() : e.getMessage();
                if (!connected) {
                    throw new RefusedException(address.resolve("/") + " is not reached: " + why
                            + "; does the program run there (HTTP_HOST, HTTP_PORT)?");
                }
            }
            notes.accept("connection lost (" + why + "); trying again");
            Thread.sleep(pause);
            pause = Math.min(MOST_MILLIS, pause * 2);
        }
    }

    private HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        if (login != null) {
            request.header("Authorization", login);
        }
        return request.build();
    }

    /** Returns why the stream ended. */
    private String pass(InputStream body, Receiver receiver) throws IOException, OutputClosedException {
        ServerSentEvents events =
                new ServerSentEvents(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)), lastId);
        String json;
        while ((json = events.next()) != null) {
            lastId = events.lastId();
            try {
                receiver.message(json);
            } catch (IOException e) {
                throw new OutputClosedException(e);
            }
        }
        return events.lastComment().isEmpty() ? "the server has closed it" : events.lastComment();
    }

    private static String reason(int status, InputStream body) throws IOException {
        String text = new String(body.readNBytes(10_000), StandardCharsets.UTF_8);
        try {
            text = JSON.readTree(text).path("error").asText(text);
        } catch (JsonProcessingException e) {
            // Of another server: shown as it is.
        }
        return status + (text.isBlank() ? "" : ": " + text.strip());
    }

    private static final class OutputClosedException extends Exception {

        private static final long serialVersionUID = 1;

        private final IOException why;

        OutputClosedException(IOException why) {
            super(why);
            this.why = why;
        }
    }
}
