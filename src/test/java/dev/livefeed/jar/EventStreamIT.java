package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code GET /stream}: the messages of the stream as Server-Sent Events. */
@ExtendWith(JarExtension.class)
class EventStreamIT {

    /** A trade with the next id each 20 ms. */
    private static final String TICKING = "status connected; n=0; while :; do n=$((n+1)); trade $n; sleep 0.02; done";

    /** Each asks for something else first, and has gone when its stream would begin. */
    @Test
    void clientsThatHaveGoneBeforeTheirStreamBeginsTakeNoPlace(Jar jar) throws Exception {
        jar.script(TICKING).with("STREAM_CLIENTS", 4).start();
        jar.awaitTrades(3);
        byte[] requests = ("GET /rates HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        + "GET /stream?channels=trades HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 300; i++) {
            try (Socket socket = new Socket("127.0.0.1", jar.port())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(requests);
                if (i % 2 == 0) {
                    socket.getInputStream().read(); // the first answer has begun
                }
            }
        }

        HttpClient http = HttpClient.newHttpClient();
        HttpRequest stream = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + jar.port() + "/stream?channels=trades"))
                .build();
        for (int i = 0; i < 4; i++) {
            Jar.soon().untilAsserted(() -> assertThat(http.send(stream, HttpResponse.BodyHandlers.ofInputStream())
                            .statusCode())
                    .isEqualTo(200));
        }
        assertThat(jar.log(" ERROR ")).isEmpty();
        jar.stop();
    }

    private static List<Long> tradeIds(EventClient client) {
        return client.messages("trade").stream().map(m -> m.path("id").asLong()).toList();
    }

    @Test
    void messagesAreThoseOfTheStream(Jar jar) throws Exception {
        jar.start();
        jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
        try (EventClient client = EventClient.open(jar, "?channels=health,trades,depth&symbols=BTCUSDT")) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(client.header("Cache-Control")).isEqualTo("no-store");
            assertThat(client.header("Stream-Ping")).isEqualTo("20");
            client.await(
                    "a delta",
                    m -> m.path("type").asText().equals("depth")
                            && !m.path("snapshot").asBoolean());
            client.await("a trade", m -> m.path("type").asText().equals("trade"));

            List<JsonNode> messages = client.messages();
            assertThat(messages.get(0).path("status").asText()).isEqualTo("feed");
            assertThat(client.messages("depth").get(0).path("snapshot").asBoolean())
                    .isTrue();
            assertThat(client.messages("health").get(0).at("/data/synthetic").asBoolean())
                    .isTrue();
            assertThat(client.lines().get(0)).isEqualTo("retry: 1000");
            assertThat(client.ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-z]+-[0-9]+"));
        }
        jar.stop();
    }

    @Test
    void clientContinuesWhereItLeftOff(Jar jar) throws Exception {
        jar.script(TICKING).start();
        jar.awaitTrades(1);
        String last;
        List<Long> first;
        try (EventClient client = EventClient.open(jar, "?channels=trades")) {
            Jar.soon().until(() -> tradeIds(client).size() > 5);
            List<String> lines = client.lines();
            int end = lines.lastIndexOf("");
            List<String> ids = lines.subList(0, end).stream()
                    .filter(line -> line.startsWith("id: "))
                    .toList();
            last = ids.get(ids.size() - 1).substring(4);
            first = lines.subList(0, end).stream()
                    .filter(line -> line.startsWith("data: ") && line.contains("\"trade\""))
                    .map(line -> Jar.parse(line.substring(6)).path("id").asLong())
                    .toList();
        }
        long before = first.get(first.size() - 1);
        jar.awaitTrades(before + 10);
        try (EventClient client = EventClient.open(jar, "?channels=trades", "Last-Event-ID", last)) {
            Jar.soon().until(() -> tradeIds(client).size() > 20);

            List<Long> after = tradeIds(client);
            assertThat(after)
                    .containsExactlyElementsOf(LongStream.range(before + 1, before + 1 + after.size())
                            .boxed()
                            .toList());
            assertThat(client.messages("status")).isEmpty();
            assertThat(jar.health().at("/stream/clients").asInt()).isEqualTo(1);
        }
        jar.stop();
    }

    @Test
    void clientThatCannotContinueIsTold(Jar jar) throws Exception {
        String trade = "{\"type\":\"trade\",\"timestamp\":" + System.currentTimeMillis()
                + ",\"price\":100,\"qty\":1,\"side\":\"buy\",\"id\":1}\n";
        jar.write("block", trade.repeat(100));
        jar.script("status connected; while :; do cat block; sleep 0.1; done")
                .with("STREAM_QUEUE_KB", "64")
                .start();
        jar.awaitTrades(1);
        try (EventClient client = EventClient.open(jar, "?channels=trades", "Last-Event-ID", "nosuch-7")) {
            JsonNode told =
                    client.await("the reason", m -> m.path("type").asText().equals("status"));
            assertThat(told.path("status").asText()).isEqualTo("not_resumed");
            assertThat(told.path("reason").asText()).startsWith("the connection of Last-Event-ID was lost more than");
            assertThat(client.await("the state", m -> m.path("type").asText().equals("price"))
                            .path("id")
                            .asLong())
                    .isPositive();

            String own = client.ids().get(0);
            try (EventClient other = EventClient.open(jar, "?channels=status", "Last-Event-ID", own)) {
                assertThat(other.await(
                                        "the reason",
                                        m -> m.path("status").asText().equals("not_resumed"))
                                .path("reason")
                                .asText())
                        .isEqualTo("the query differs from that of Last-Event-ID");
            }
            // 64 KiB hold about 400 trades.
            Jar.soon().untilAsserted(() -> assertThat(client.ids())
                    .as(() -> "ended " + client.ended() + ", " + jar.health().path("stream") + ", last lines "
                            + client.lines()
                                    .subList(
                                            Math.max(0, client.lines().size() - 6),
                                            client.lines().size()))
                    .hasSizeGreaterThan(1_000));
            try (EventClient again = EventClient.open(jar, "?channels=trades", "Last-Event-ID", own)) {
                assertThat(again.await(
                                        "the reason",
                                        m -> m.path("status").asText().equals("not_resumed"))
                                .path("reason")
                                .asText())
                        .isEqualTo("the messages after Last-Event-ID are no longer kept");
            }
            // Only the stream of the last one has ended.
            int before = client.ids().size();
            Jar.soon().until(() -> client.ended() || client.ids().size() > before + 500);
            assertThat(client.ended()).isFalse();
        }
        jar.stop();
    }

    @Test
    void rejectedClientIsToldTheReason(Jar jar) throws Exception {
        jar.script("status connected; trade 1; idle")
                .with("STREAM_CLIENTS", "1")
                .with("STREAM_PING", "1s")
                .with("STREAM_ORIGINS", "https://app.example")
                .start();
        jar.awaitTrades(1);

        assertRefused(jar, 403, "", "Origin", "https://evil.example");
        assertRefused(jar, 400, "?channels=nosuch");
        assertRefused(jar, 400, "?channel=trades");
        assertRefused(jar, 400, "?symbols=BTCUSDT&symbols=ETHUSDT");
        assertRefused(jar, 400, "?history=1441");
        EventClient listed = EventClient.open(jar, "", "Origin", "https://app.example");
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(listed.header("Stream-Ping")).isEqualTo("1");
        Jar.soon().alias("a comment").until(() -> listed.lines().contains(":"));
        assertRefused(jar, 503, "");
        // An absent client makes room for a new one.
        listed.close();
        Jar.soon().until(() -> {
            try (EventClient next = EventClient.open(jar, "")) {
                return next.status() == 200;
            }
        });
        EventClient last = EventClient.open(jar, "");
        assertThat(last.status()).isEqualTo(200);
        jar.stop();
        Jar.soon().until(last::ended);
        assertThat(last.lines()).contains(": closed 1001 the application stops");
    }

    private static void assertRefused(Jar jar, int status, String query, String... headers) throws Exception {
        try (EventClient client = EventClient.open(jar, query, headers)) {
            assertThat(client.status()).isEqualTo(status);
            assertThat(client.header("Content-Type")).isEqualTo("application/json");
            Jar.soon().until(client::ended);
            assertThat(Jar.parse(String.join("", client.lines())).path("error").asText())
                    .isNotEmpty();
        }
    }
}
