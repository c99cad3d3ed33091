package dev.livefeed.jar;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A client of {@code GET /stream} that reads on a thread of its own. */
final class EventClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpResponse<InputStream> response;
    private final StreamRules rules;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private EventClient(HttpResponse<InputStream> response, StreamRules rules) {
        this.response = response;
        this.rules = rules;
        Thread reader = new Thread(this::read, "event-client");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param headers names and values */
    static EventClient open(Jar jar, String query, String... headers) throws Exception {
        StreamRules rules = new StreamRules(jar);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + jar.port() + "/stream" + query));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new EventClient(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()), rules);
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (this) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            // The end, as below.
        }
        synchronized (this) {
            ended = true;
        }
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    synchronized boolean ended() {
        return ended;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    private List<String> fields(String name) {
        return lines().stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .toList();
    }

    List<String> ids() {
        return fields("id");
    }

    List<JsonNode> messages() {
        return fields("data").stream().map(Jar::parse).map(rules::check).toList();
    }

    List<JsonNode> messages(String type) {
        return messages().stream()
                .filter(m -> m.path("type").asText().equals(type))
                .toList();
    }

    JsonNode await(String what, Predicate<JsonNode> condition) {
        JsonNode[] found = new JsonNode[1];
        Jar.soon().alias(what).until(() -> {
            found[0] = messages().stream().filter(condition).findFirst().orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    /** Closes the connection. */
    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
