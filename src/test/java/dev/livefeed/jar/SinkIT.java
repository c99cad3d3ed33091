package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connectors.NumberedFeed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sink is temporarily down: the events in its queue arrive in order, the rest is counted. */
@Tag("drill")
@ExtendWith(JarExtension.class)
class SinkIT {

    private static final int RATE = 300;

    private SinkServer sink;
    private String recipe;

    @BeforeEach
    void sink(Jar jar) throws Exception {
        sink = new SinkServer().up();
        List<String> examples = GuideExample.of("Sinks");
        recipe = examples.get(0);
        jar.ownRoutes().beside(Path.of("target", "test-classes").toAbsolutePath());
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
    }

    /** Sends trades to the server of this test through a queue of the given size. */
    private void routes(Jar jar, int size) throws IOException {
        append(jar.route("trades"), recipe.replace("size: 10000", "size: " + size));
        Files.writeString(jar.route("trades-file"), socketRoute());
    }

    private String socketRoute() {
        return """
                - route:
                    id: trades-file
                    routeConfigurationId: sinks
                    from:
                      uri: seda:trades-file
                      steps:
                        - convertBodyTo:
                            type: String
                        - bean:
                            beanType: dev.livefeed.sinks.SocketSink
                            method: write(${body}, %d)
                """
                .formatted(sink.port());
    }

    private static void append(Path file, String step) throws IOException {
        Files.writeString(file, Files.readString(file).stripTrailing() + "\n" + step);
    }

    private static JsonNode queue(JsonNode health) {
        return health.at("/queues/trades-file");
    }

    private static JsonNode awaitQueue(Jar jar, String field, long atLeast) {
        return queue(jar.awaitHealth(
                field + " of the queue", h -> queue(h).path(field).asLong() >= atLeast));
    }

    private static long endOfFeed(Jar jar) throws Exception {
        jar.write("enough", "");
        Jar.soon().until(() -> Files.exists(jar.folder().resolve("last")));
        long last = Long.parseLong(Files.readString(jar.folder().resolve("last")));
        jar.awaitTrades(last);
        return last;
    }

    /**
     * Numbers of the trades that arrived, without the immediate repetition of a trade whose acknowledgement was lost.
     */
    private List<Long> arrived() {
        return numbers(sink.lines());
    }

    private static List<Long> numbers(List<String> lines) {
        return lines.stream()
                .map(line -> Jar.parse(line).path("id").asLong())
                .distinct()
                .toList();
    }

    @Test
    void queueWithinItsLimitKeepsEverythingInOrderAcrossEdits(Jar jar) throws Exception {
        routes(jar, 20_000);
        jar.connector(NumberedFeed.class, RATE).start();
        awaitQueue(jar, "delivered", 100);

        sink.down();
        jar.awaitHealth(
                "a sink that fails", h -> !queue(h).path("failing_since").isNull());
        long down = queue(jar.health()).path("taken").asLong();
        append(jar.route("trades-file"), "# edited\n");
        jar.awaitLog("routes_reloaded .*trades-file");
        append(jar.route("trades"), "# edited\n");
        append(jar.route("sinks"), "# edited\n");
        jar.awaitLog("routes_reloaded .*trades.camel.yaml");
        jar.awaitLog("routes_reloaded .*sinks.camel.yaml");
        Files.delete(jar.route("trades-file"));
        jar.awaitLog("routes_reloaded .*removed=\\[trades-file\\]");
        jar.awaitHealth("nobody reads", h -> h.at("/connector/alarms")
                .toString()
                .contains("no route reads it: add a route from seda:trades-file"));
        Files.writeString(jar.route("trades-file"), socketRoute());
        jar.awaitLog("queue_failing queue=trades-file .*ConnectException");
        JsonNode full = awaitQueue(jar, "taken", down + 5L * RATE);
        assertThat(full.path("last_failure").asText()).contains("Connection refused");
        assertThat(full.path("dropped").asInt()).isZero();

        sink.up();
        jar.awaitLog("queue_recovered queue=trades-file");
        long last = endOfFeed(jar);
        awaitQueue(jar, "delivered", last);

        assertThat(arrived()).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
        assertThat(queue(jar.health()).path("size").asInt()).isZero();
        assertThat(jar.json("/dead-letters")).isEmpty();
        assertThat(jar.log("queue_(failing|recovered|dropping|drained|events)"))
                .as("few lines")
                .hasSizeLessThanOrEqualTo(8);
        assertThat(jar.log("^\\s+at ")).as("stack traces").isEmpty();
        jar.stop();
    }

    @Test
    void queueBeyondItsLimitKeepsOrderAndCountsDrops(Jar jar) throws Exception {
        routes(jar, 500);
        jar.connector(NumberedFeed.class, RATE).start();
        awaitQueue(jar, "delivered", 100);
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_sink_dropped_total{queue=\"trades-file\"} 0.0");

        sink.down();
        awaitQueue(jar, "dropped", 300);
        jar.awaitLog("queue_dropping queue=trades-file capacity=500 .*symbols=\\{(?:\\w+:)*BTCUSDT=\\d+\\}");
        JsonNode health = jar.health();
        assertThat(health.at("/connector/alarms").toString())
                .contains("queue trades-file dropped", "exchange times", "queue trades-file holds 500 of at most 500");
        long through = Jar.trades(health);
        jar.awaitTrades(through + RATE);
        sink.up();
        jar.awaitLog("queue_drained queue=trades-file dropped=\\d+");
        long last = endOfFeed(jar);
        JsonNode end = queue(
                jar.awaitHealth("an empty queue", h -> queue(h).path("size").asInt() == 0));

        List<Long> arrived = arrived();
        assertThat(arrived).isSorted();
        assertThat(end.path("dropped").asLong()).isEqualTo(last - arrived.size());
        assertThat(end.at("/last_loss/events").asLong()).isEqualTo(last - arrived.size());
        assertThat(end.at("/last_loss/symbols/linear:BTCUSDT").asLong()).isEqualTo(last - arrived.size());
        assertThat(end.at("/last_loss/from").asText())
                .isLessThan(end.at("/last_loss/to").asText());
        assertThat(end.path("delivered").asLong()).isEqualTo(arrived.size());
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_sink_dropped_total{queue=\"trades-file\"} " + (double) (last - arrived.size()));
        new Contract(jar).check("/ws/health");
        jar.stop();
    }

    @Test
    void stopCountsWhatTheSinkDidNotAccept(Jar jar) throws Exception {
        routes(jar, 20_000);
        jar.connector(NumberedFeed.class, RATE).start();
        awaitQueue(jar, "delivered", 100);
        sink.down();
        jar.awaitHealth(
                "a sink that fails", h -> !queue(h).path("failing_since").isNull());
        awaitQueue(jar, "size", 200);
        jar.stop();

        String line =
                jar.log("queue_not_delivered queue=trades-file events=\\d+ ").get(0);
        long rest = Long.parseLong(line.replaceAll(".*events=(\\d+) .*", "$1"));
        List<Long> arrived = arrived();
        assertThat(arrived)
                .isEqualTo(LongStream.rangeClosed(1, arrived.size()).boxed().toList());
        assertThat(rest).isGreaterThanOrEqualTo(199);
    }

    /** 50,000 trades at full speed, through the two files of the guide. */
    @Test
    void burstIsWrittenInOrderOrCounted(Jar jar) throws Exception {
        List<String> examples = GuideExample.of("Sinks");
        append(jar.route("trades"), examples.get(0));
        Files.writeString(jar.route("trades-file"), examples.get(1));
        jar.script(
                """
                status connected
                awk 'BEGIN { for (i = 1; i <= 50000; i++)
                  printf "{\\"type\\":\\"trade\\",\\"timestamp\\":1700000000000,\\"price\\":\\"100\\",\
                \\"qty\\":\\"1\\",\\"side\\":\\"buy\\",\\"id\\":\\"%d\\"}\\n", i }'
                cat >/dev/null
                true
                """);
        jar.start();
        jar.awaitTrades(50_000);
        JsonNode end = queue(
                jar.awaitHealth("an empty queue", h -> queue(h).path("size").asInt() == 0));

        List<Long> written = numbers(
                Files.readAllLines(jar.folder().resolve("sinks").resolve("trades.ndjson"), StandardCharsets.UTF_8));
        assertThat(written).isSorted();
        assertThat(end.path("dropped").asLong()).isEqualTo(50_000 - written.size());
        assertThat(end.path("failed").asLong()).isZero();
        assertThat(jar.json("/dead-letters")).isEmpty();
    }
}
