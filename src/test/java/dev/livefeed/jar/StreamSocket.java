package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * A client of the stream, on the JDK's WebSocket, which checks the messages against their schema. It reads until
 * {@link #stopReading}.
 */
final class StreamSocket implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final StringBuilder part = new StringBuilder();
    private final List<String> messages = new ArrayList<>();
    private final List<JsonNode> parsed = new ArrayList<>();
    private final StreamRules rules;
    private WebSocket socket;
    private boolean reading = true;
    private String closed;

    private StreamSocket(Jar jar) {
        rules = new StreamRules(jar);
    }

    static StreamSocket open(Jar jar, String query, String... headers) throws Exception {
        StreamSocket client = new StreamSocket(jar);
        try {
            var builder = HTTP.newWebSocketBuilder();
            for (int i = 0; i < headers.length; i += 2) {
                builder.header(headers[i], headers[i + 1]);
            }
            client.socket = builder.buildAsync(
                            URI.create("ws://127.0.0.1:" + jar.port() + "/ws/stream" + query), client)
                    .get();
            return client;
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    /** Sends a binary message. */
    void sendBytes() {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
    }

    /** Stops reading. */
    synchronized void stopReading() {
        reading = false;
    }

    /** Resumes reading. */
    synchronized void read() {
        reading = true;
        socket.request(1);
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            messages.add(part.toString());
            part.setLength(0);
        }
        if (reading) {
            from.request(1);
        }
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = code + " " + reason;
        return null;
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
        closed = "error " + error;
    }

    /** How the connection was closed, or null. */
    synchronized String closed() {
        return closed;
    }

    /** Parses each message once, and does not keep the socket waiting meanwhile. */
    List<JsonNode> messages() {
        synchronized (parsed) {
            newSince(parsed.size()).forEach(text -> parsed.add(rules.check(Jar.parse(text))));
            return List.copyOf(parsed);
        }
    }

    private synchronized List<String> newSince(int known) {
        return List.copyOf(messages.subList(known, messages.size()));
    }

    synchronized int count() {
        return messages.size();
    }

    List<JsonNode> messages(String type) {
        return messages().stream()
                .filter(m -> m.path("type").asText().equals(type))
                .toList();
    }

    /** Waits for a message; returns the first one that matches. */
    JsonNode await(String what, Predicate<JsonNode> condition) {
        JsonNode[] found = new JsonNode[1];
        Jar.soon().alias(what).until(() -> {
            found[0] = messages().stream().filter(condition).findFirst().orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    void awaitClosed(String beginning) {
        Jar.soon().alias("closed with " + beginning).until(() -> closed() != null);
        assertThat(closed()).startsWith(beginning);
    }
}
