package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Levels;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code WS /ws/stream}, read by the JDK's WebSocket client. */
@ExtendWith(JarExtension.class)
class StreamIT {

    @Test
    void booksSignalsAndAReplacedProcess(Jar jar) throws Exception {
        jar.ownRoutes();
        Files.writeString(
                jar.route("strategy-often"),
                """
                - route:
                    id: often
                    from:
                      uri: strategy:candles
                      parameters:
                        timeframe: 1s
                      steps:
                        - bean: {ref: signals, method: "buy(${body}, 0.001, 0.5, 'because')"}
                        - to: direct:signals
                """);
        jar.start();
        jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());

        StreamSocket client = snapshotAndDeltasYieldTheBookOfTheApplication(jar);
        signalsAreStreamedByARouteStep(jar);
        StreamSocket another = clientsStayConnectedWhileTheProcessIsReplaced(jar);

        jar.stop();
        client.awaitClosed("1001 the application stops");
        another.awaitClosed("1001 the application stops");
    }

    private static StreamSocket snapshotAndDeltasYieldTheBookOfTheApplication(Jar jar) throws Exception {
        StreamSocket client = StreamSocket.open(jar, "?channels=depth&symbols=BTCUSDT");
        client.await("50 updates", m -> client.count() > 50);

        assertThat(client.messages().get(0).path("status").asText()).isEqualTo("feed");
        OrderBook book = new OrderBook(1_000);
        List<JsonNode> updates = client.messages("depth");
        assertThat(updates).allMatch(m -> m.path("synthetic").asBoolean());
        assertThat(updates.get(0).path("snapshot").asBoolean()).isTrue();
        // The book from HTTP is one of the states received in the meantime.
        Jar.soon().until(() -> {
            JsonNode kept = jar.json("/book?levels=1000");
            List<JsonNode> all = client.messages("depth");
            book.clear();
            long at = -1;
            for (JsonNode update : all) {
                if (update.path("snapshot").asBoolean()) {
                    book.snapshot(levels(update, "bids"), levels(update, "asks"));
                } else {
                    assertThat(update.path("prev_update_id").asLong()).isEqualTo(at);
                    book.apply(levels(update, "bids"), levels(update, "asks"));
                }
                at = update.path("last_update_id").asLong();
                if (at == kept.path("last_update_id").asLong()) {
                    assertThat(book.bids().top(1_000)).isEqualTo(levels(kept, "bids"));
                    assertThat(book.asks().top(1_000)).isEqualTo(levels(kept, "asks"));
                    return true;
                }
            }
            return false;
        });
        assertThat(jar.health().at("/stream/clients").asInt()).isEqualTo(1);
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_stream_clients 1.0")
                .containsPattern("livefeed_stream_sent_total [1-9]")
                .contains("livefeed_stream_lost_total 0.0");
        return client;
    }

    private static void signalsAreStreamedByARouteStep(Jar jar) throws Exception {
        StreamSocket client = StreamSocket.open(jar, "?channels=signals,status,candles.1s");
        JsonNode signal = client.await("a signal", m -> m.path("type").asText().equals("signal"));

        assertThat(signal.path("strategy").asText()).isEqualTo("often");
        assertThat(signal.at("/metadata/reason").asText()).isEqualTo("because");
        assertThat(signal.path("order").asLong()).isPositive();
        assertThat(signal.path("synthetic").asBoolean()).isTrue();
        assertThat(jar.json("/strategy/signals").at("/signals").findValuesAsText("strategy"))
                .contains("often");

        // The step is removed; candles continue.
        String text = Files.readString(jar.route("signals"));
        int step = text.indexOf("        - to:\n");
        int next = text.indexOf("        - choice:", step);
        RouteEdit.renameOver(jar.route("signals"), text.substring(0, step) + text.substring(next));
        jar.awaitLog("routes_reloaded");
        int signals = client.messages("signal").size();
        int candles = client.messages("candle").size();
        int orders = jar.json("/strategy/signals").path("signals").size();
        Jar.soon()
                .until(() -> jar.json("/strategy/signals").path("signals").size() > orders + 1
                        && client.messages("candle").size() > candles + 1);
        assertThat(client.messages("signal").size()).isLessThanOrEqualTo(signals + 1);
    }

    private static StreamSocket clientsStayConnectedWhileTheProcessIsReplaced(Jar jar) throws Exception {
        StreamSocket client = StreamSocket.open(jar, "?channels=depth,status,trades");
        client.await("a snapshot", m -> m.path("snapshot").asBoolean());
        jar.child().destroyForcibly();

        client.await("stale", m -> m.path("status").asText().equals("stale"));
        client.await("disconnected", m -> m.path("status").asText().equals("disconnected"));
        client.await("connected", m -> m.path("status").asText().equals("connected"));
        Jar.soon()
                .until(() -> client.messages().stream()
                                .filter(m -> m.path("snapshot").asBoolean())
                                .count()
                        > 1);
        long at = -1;
        for (JsonNode update : client.messages("depth")) {
            if (!update.path("snapshot").asBoolean()) {
                assertThat(update.path("prev_update_id").asLong()).isEqualTo(at);
            }
            at = update.path("last_update_id").asLong();
        }
        assertThat(client.closed()).isNull();
        return client;
    }

    private static Levels levels(JsonNode message, String side) {
        Levels.Builder builder = new Levels.Builder();
        message.path(side)
                .forEach(level -> builder.add(
                        new BigDecimal(level.get(0).asText()),
                        new BigDecimal(level.get(1).asText())));
        return builder.build();
    }

    /** Sends a trade each time a file appears, so that the client is connected first. */
    private static final String ON_DEMAND =
            """
            printf '{"type":"depth","timestamp":%s000,"bids":[["99","5"]],"asks":[["101","2"]],\
            "last_update_id":1}\\n' "$(date +%s)"
            status connected
            trade 0
            while [ ! -e go ]; do sleep 0.05; done
            """;

    @Test
    void tradesAreCompleteAndInOrder(Jar jar) throws Exception {
        jar.script(ON_DEMAND
                        + "now=$(date +%s)000; n=1; while [ $n -le 3000 ]; do echo \"{\\\"type\\\":\\\"trade\\\","
                        + "\\\"timestamp\\\":$now,"
                        + "\\\"price\\\":100,\\\"qty\\\":1,\\\"side\\\":\\\"buy\\\","
                        + "\\\"id\\\":$n}\"; n=$((n+1)); done; idle")
                .start();
        jar.awaitTrades(1);
        StreamSocket first = StreamSocket.open(jar, "");
        StreamSocket second = StreamSocket.open(jar, "?channels=trades");
        for (StreamSocket client : List.of(first, second)) {
            assertThat(client.await("the price", m -> m.path("type").asText().equals("price"))
                            .path("id")
                            .asText())
                    .isEqualTo("0");
        }
        jar.write("go", "");

        for (StreamSocket client : List.of(first, second)) {
            client.await("the last trade", m -> m.path("id").asText().equals("3000"));
            assertThat(client.messages("trade"))
                    .extracting(m -> m.path("id").asLong())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 3_000).boxed().toList());
        }
        first.await("a closed candle", m -> m.path("closed").asBoolean());
        jar.stop();
    }

    @Test
    @Tag("drill")
    void slowClientDelaysNobodyAndIsToldItsLosses(Jar jar) throws Exception {
        jar.write("block", thousandTrades());
        // However long a busy machine takes, the client is slow, but not for too long.
        jar.script(ON_DEMAND + "n=0; while [ $n -lt 150 ]; do cat block; n=$((n+1)); done; trade last; idle")
                .with("STREAM_QUEUE_KB", "64")
                .with("STREAM_SLOW", "1h")
                .with("STREAM_TIMEOUT", "1h")
                .start();
        jar.awaitTrades(1);
        StreamSocket slow = StreamSocket.open(jar, "?channels=trades");
        slow.await("the price", m -> m.path("type").asText().equals("price"));
        slow.stopReading();
        jar.write("go", "");
        for (int trades : List.of(50_000, 100_000, 150_002)) {
            jar.awaitTrades(trades);
        }
        jar.awaitHealth("a loss", h -> h.at("/stream/lost").asLong() > 0);
        assertThat(slow.count()).isLessThan(10);

        slow.read();
        slow.await("what was lost", m -> m.path("type").asText().equals("lost"));
        Jar.soon().until(() -> lost(slow) + slow.messages("trade").size() == 150_001);
        assertThat(lost(slow)).isEqualTo(jar.health().at("/stream/lost").asLong());
        assertThat(slow.closed()).isNull();
        jar.stop();
    }

    private static String thousandTrades() {
        return ("{\"type\":\"trade\",\"timestamp\":" + System.currentTimeMillis()
                        + ",\"price\":100,\"qty\":1,\"side\":\"buy\",\"id\":1}\n")
                .repeat(1_000);
    }

    private static long lost(StreamSocket client) {
        return client.messages("lost").stream()
                .mapToLong(m -> m.path("count").asLong())
                .sum();
    }

    @Test
    @Tag("drill")
    void clientThatNeverReadsIsClosed(Jar jar) throws Exception {
        jar.write("block", thousandTrades());
        jar.script("status connected; trade 1; n=0; while [ $n -lt 150 ]; do cat block; n=$((n+1)); done; "
                        + "while :; do trade more; sleep 0.1; done")
                .with("STREAM_QUEUE_KB", "64")
                .with("STREAM_SLOW", "2s")
                .start();
        jar.awaitTrades(1);
        try (Socket raw = new Socket("127.0.0.1", jar.port())) {
            OutputStream out = raw.getOutputStream();
            out.write(("GET /ws/stream?channels=trades HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            jar.awaitHealth("one client", h -> h.at("/stream/clients").asInt() == 1);

            jar.awaitHealth(
                    "dropped",
                    h -> h.at("/stream/dropped_slow").asInt() == 1
                            && h.at("/stream/clients").asInt() == 0);
            byte[] head = raw.getInputStream().readNBytes(200);
            assertThat(new String(head, StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 101")
                    .doesNotContainIgnoringCase("permessage-deflate");
        }
        jar.stop();
    }

    @Test
    void rejectedClientIsToldTheReason(Jar jar) throws Exception {
        jar.script("status connected; trade 1; idle")
                .with("STREAM_CLIENTS", "1")
                .with("STREAM_ORIGINS", "https://app.example")
                .start();
        jar.awaitTrades(1);
        String own = "http://localhost:" + jar.port();

        assertRejected(jar, 403, "", "Origin", "https://evil.example");
        assertRejected(jar, 403, "", "Origin", "null");
        assertRejected(jar, 400, "?channels=nosuch");
        assertRejected(jar, 400, "?channel=trades");
        assertRejected(jar, 400, "?channels=trades&channels=depth");
        assertRejected(jar, 400, "?symbols=NOSUCH");
        StreamSocket one = StreamSocket.open(jar, "", "Origin", own);
        assertRejected(jar, 503, "");
        jar.awaitLog("limit_reached clients of the stream \\(STREAM_CLIENTS\\): 1 of at most 1; beyond that, further "
                + "clients");
        assertThat(jar.health().at("/connector/alarms").toString())
                .contains("clients of the stream (STREAM_CLIENTS): 1 of at most 1; beyond that, further clients are "
                        + "refused");
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_limit_exceeded_total{limit=\"stream_clients\"} 1.0");
        one.send("{\"command\":\"subscribe\",\"channel\":\"nosuch\",\"id\":\"7\"}");
        JsonNode error = one.await("an error", m -> m.path("type").asText().equals("error"));
        assertThat(error.path("id").asText()).isEqualTo("7");
        assertThat(error.path("error").asText()).startsWith("channel is \"nosuch\"; it must be one of trades, ");
        assertThat(one.closed()).isNull();
        one.send("x".repeat(5_000));
        one.awaitClosed("1009 a message of more than 4096 bytes");

        jar.awaitHealth("no client", h -> h.at("/stream/clients").asInt() == 0);
        StreamSocket two = StreamSocket.open(jar, "", "Origin", "https://app.example");
        for (int i = 0; i <= 100; i++) {
            two.send("{\"command\":\"ping\"}");
        }
        two.awaitClosed("1008 more than 100 commands within 10 s");
        jar.awaitHealth("no client", h -> h.at("/stream/clients").asInt() == 0);
        StreamSocket three = StreamSocket.open(jar, "");
        three.sendBytes();
        three.awaitClosed("1003 a binary message; commands are JSON texts");
        assertThat(jar.health().at("/stream/refused").asInt()).isEqualTo(7);
        jar.awaitHealth("no client", h -> h.at("/stream/clients").asInt() == 0);
        assertDnsRebindingIsRejected(jar);
        jar.stop();
    }

    private static void assertRejected(Jar jar, int status, String query, String... headers) {
        assertThatThrownBy(() -> StreamSocket.open(jar, query, headers))
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
    }

    /** A page of evil.example, a name that resolves to the address of this machine. */
    private static void assertDnsRebindingIsRejected(Jar jar) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String host : List.of("evil.example", "localhost")) {
            try (Socket raw = new Socket("127.0.0.1", jar.port())) {
                raw.getOutputStream()
                        .write(("GET /ws/stream HTTP/1.1\r\nHost: " + host + ":" + jar.port() + "\r\nOrigin: http://"
                                        + host + ":" + jar.port() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                        + "Sec-WebSocket-Version: 13\r\n"
                                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                answers.add(new String(raw.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
            }
        }
        assertThat(answers).containsExactly("HTTP/1.1 421", "HTTP/1.1 101");
    }
}
