package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connectors.NumberedFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipped sinks with their buffers: nothing is lost, whatever the sink or the program goes through. */
@Tag("drill")
@ExtendWith(JarExtension.class)
class BufferedSinkIT {

    private static final int RATE = 1_000;

    private HttpSinkServer server;

    @BeforeEach
    void server() throws IOException {
        server = new HttpSinkServer().up();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Jar http(Jar jar) {
        return jar.with("SINKS", "http")
                .with("SINK_HTTP_URL", server.url())
                .with("SINK_TYPES", "trade")
                .with("SINK_BACKOFF_MAX", "500ms");
    }

    private static JsonNode sink(JsonNode health, String name) {
        return health.path("sinks").path(name);
    }

    private static JsonNode awaitSink(Jar jar, String name, String field, long atLeast) {
        return sink(
                jar.awaitHealth(
                        field + " of sink " + name,
                        h -> sink(h, name).path(field).asLong() >= atLeast),
                name);
    }

    private static void awaitEmpty(Jar jar, String name) {
        jar.awaitHealth("an empty buffer", h -> sink(h, name).path("waiting").asLong(-1) == 0);
    }

    private static long endOfFeed(Jar jar) throws IOException {
        jar.write("enough", "");
        Jar.soon().until(() -> Files.exists(jar.folder().resolve("last")));
        long last = Long.parseLong(Files.readString(jar.folder().resolve("last")));
        jar.awaitTrades(last);
        return last;
    }

    private static List<Long> trades(List<String> lines) {
        List<Long> numbers = new ArrayList<>();
        for (String line : lines) {
            JsonNode event = Jar.parse(line);
            if (event.path("type").asText().equals("trade")) {
                numbers.add(event.path("id").asLong());
            }
        }
        return numbers;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void aServerThatIsDownSlowAndRefusesGetsEverythingInOrder(Jar jar) throws Exception {
        http(jar).connector(NumberedFeed.class, RATE).start();
        awaitSink(jar, "http", "delivered", 100);
        int ready = jar.get("/ready").statusCode();

        server.mood(HttpSinkServer.Mood.REFUSE);
        jar.awaitLog("sink_failing sink=http .*the server answers 500");
        assertThat(sink(jar.health(), "http").path("last_failure").asText()).contains("500");
        server.mood(HttpSinkServer.Mood.TAKE);
        jar.awaitLog("sink_recovered sink=http");

        server.mood(HttpSinkServer.Mood.TAKE_AND_CLOSE);
        Jar.soon().until(() -> server.repeated() > 0);
        server.down();
        long down = sink(jar.health(), "http").path("taken").asLong();
        jar.awaitHealth("an alarm", h -> h.at("/connector/alarms").toString().contains("sink http has taken nothing"));
        awaitSink(jar, "http", "waiting", 5L * RATE);
        assertThat(jar.get("/ready").statusCode()).isEqualTo(ready);
        assertThat(sink(jar.health(), "http").path("taken").asLong())
                .as("the feed goes on")
                .isGreaterThan(down);
        server.mood(HttpSinkServer.Mood.SLOW).up();
        awaitSink(jar, "http", "delivered", down);
        server.mood(HttpSinkServer.Mood.TAKE);

        long last = endOfFeed(jar);
        awaitEmpty(jar, "http");
        assertThat(trades(server.lines())).isEqualTo(upTo(last));
        assertThat(server.faults()).isEmpty();
        assertThat(sink(jar.health(), "http").path("lost").asLong()).isZero();
        assertThat(jar.json("/dead-letters")).isEmpty();
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_sink_buffer_delivered_total{sink=\"http\"} " + (double) last);
        new Contract(jar).check("/ws/health");
        assertThat(jar.log("^\\s+at ")).as("stack traces").isEmpty();
        assertThat(jar.log("sink_")).as("few lines").hasSizeLessThanOrEqualTo(10);
        jar.stop();
    }

    @Test
    void aKilledProgramLosesNothingOfItsBacklog(Jar jar) throws Exception {
        server.down();
        http(jar).connector(NumberedFeed.class, RATE).start();
        awaitSink(jar, "http", "waiting", 3L * RATE);
        long taken = sink(jar.health(), "http").path("taken").asLong();
        jar.kill();
        jar.exit(java.time.Duration.ofSeconds(10));
        Jar.soon().until(() -> jar.living().isEmpty());

        server.up();
        jar.script("status connected\nsleep 1\ntrade 1000001\ntrade 1000002\nidle")
                .start();
        jar.awaitHealth(
                "the trades of the second run",
                h -> sink(h, "http").path("taken").asLong() >= 2);
        awaitEmpty(jar, "http");
        List<Long> arrived = trades(server.lines());
        assertThat(arrived).hasSizeGreaterThanOrEqualTo((int) taken);
        List<Long> expected = new ArrayList<>(upTo(arrived.size() - 2));
        expected.addAll(List.of(1_000_001L, 1_000_002L));
        assertThat(arrived).isEqualTo(expected);
        assertThat(server.faults()).isEmpty();
        jar.stop();
    }

    @Test
    void stopAndEditsWhileTheServerIsDownLoseNothing(Jar jar) throws Exception {
        jar.ownRoutes();
        Path own = Files.createDirectories(jar.folder().resolve("routes/sinks")).resolve("http.camel.yaml");
        Files.copy(Path.of("routes/sinks/http.camel.yaml"), own);
        http(jar).connector(NumberedFeed.class, RATE).start();
        awaitSink(jar, "http", "delivered", 100);
        server.down();
        awaitSink(jar, "http", "waiting", RATE);
        edit(jar, own, "routes_reloaded .*sinks/http.camel.yaml");
        edit(jar, jar.route("trades"), "routes_reloaded .*trades.camel.yaml");
        edit(jar, jar.route("sinks"), "routes_reloaded .*sinks.camel.yaml");
        server.up();
        awaitSink(jar, "http", "delivered", 2L * RATE);
        edit(jar, own, "routes_reloaded .*sinks/http.camel.yaml", 2);
        server.down();
        long last = endOfFeed(jar);
        jar.stop();
        assertThat(jar.log("sink_events_kept sink=http waiting=\\d+")).hasSize(1);

        server.up();
        jar.script("status connected\nidle").start();
        awaitEmpty(jar, "http");
        Jar.soon().until(() -> server.lines().size() >= last);
        assertThat(trades(server.lines())).isEqualTo(upTo(last));
        assertThat(server.faults()).isEmpty();
        jar.stop();
    }

    private static void edit(Jar jar, Path file, String logged) throws IOException {
        edit(jar, file, logged, 1);
    }

    private static void edit(Jar jar, Path file, String logged, int times) throws IOException {
        Files.writeString(file, Files.readString(file).stripTrailing() + "\n# edited\n");
        jar.awaitLog(logged, times);
    }

    @Test
    void aFullBufferIsAnnouncedAsAGap(Jar jar) throws Exception {
        server.down();
        http(jar)
                .with("SINK_BUFFER_MB", 1)
                .connector(NumberedFeed.class, 5 * RATE)
                .start();
        awaitSink(jar, "http", "lost", 2L * RATE);
        jar.awaitLog("sink_losing sink=http .*SINK_BUFFER_MB");
        assertThat(jar.health().at("/connector/alarms").toString())
                .contains("sink http lost ", "sink http holds ", "SINK_BUFFER_MB");
        server.up();
        jar.awaitLog("sink_gap_announced sink=http");
        whatIsMissingIsAnnounced(jar);
        jar.stop();
    }

    /** What waits takes all of the disk. It makes room by its delivery, and is the only file of the buffer. */
    @Test
    void aFullDiskIsAnnouncedAndUsedAgainWhenTheServerIsBack(Jar jar) throws Exception {
        server.down();
        http(jar)
                .with("SINK_DISK_RESERVE_MB", 0)
                .onDisk("data/sinks", "1m")
                .connector(NumberedFeed.class, 2 * RATE)
                .start();
        awaitSink(jar, "http", "lost", RATE);
        jar.awaitLog("sink_buffer_failing sink=http .*No space left on device");
        server.up();
        jar.awaitLog("sink_buffer_usable sink=http");
        jar.awaitLog("sink_gap_announced sink=http");
        whatIsMissingIsAnnounced(jar);
        jar.stop();
    }

    private void whatIsMissingIsAnnounced(Jar jar) throws IOException {
        long last = endOfFeed(jar);
        awaitEmpty(jar, "http");

        long expected = 1;
        long lost = 0;
        JsonNode gap = null;
        for (String line : server.lines()) {
            JsonNode event = Jar.parse(line);
            if (event.path("type").asText().equals("status")) {
                assertThat(event.path("status").asText()).isEqualTo("gap");
                assertThat(event.path("sink").asText()).isEqualTo("http");
                assertThat(event.path("channel").asText()).isEqualTo("trades");
                assertThat(event.path("from").asText())
                        .isLessThanOrEqualTo(event.path("to").asText());
                gap = event;
                expected += event.path("count").asLong();
                lost += event.path("count").asLong();
            } else {
                assertThat(event.path("id").asLong()).isEqualTo(expected);
                expected++;
            }
        }
        assertThat(gap).isNotNull();
        assertThat(expected).isEqualTo(last + 1);
        assertThat(sink(jar.health(), "http").path("lost").asLong()).isEqualTo(lost);
        assertThat(server.faults()).isEmpty();
    }

    @Test
    void filesHoldEveryEvent(Jar jar) throws Exception {
        jar.with("SINKS", "file")
                .with("SINK_TYPES", "trade,status")
                .connector(NumberedFeed.class, RATE)
                .start();
        awaitSink(jar, "file", "delivered", 2L * RATE);
        long last = endOfFeed(jar);
        awaitSink(jar, "file", "delivered", last);
        Path folder = jar.folder().resolve("data/events/trade");
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        assertThat(trades(lines)).isEqualTo(upTo(last));
        assertThat(jar.folder().resolve("data/events/status")).isDirectory();
        jar.stop();
    }

    @Test
    void anUnknownSinkAndAMissingUrlAreFaults(Jar jar) throws Exception {
        assertThat(jar.with("SINKS", "htp").run("check")).isEqualTo(78);
        assertThat(jar.text("err"))
                .contains("SINKS names htp, for which there is no file routes/sinks/htp.camel.yaml; known are file, "
                        + "http, kafka, mqtt, nats, questdb, redis, sql")
                .hasLineCount(1);
        assertThat(jar.with("SINKS", "http").run("check")).isEqualTo(78);
        assertThat(jar.text("err")).contains("SINK_HTTP_URL", "such as http://127.0.0.1:9000/events");
        assertThat(http(jar).run("check")).as(jar.text("err")).isZero();
    }

    @Test
    void earlierRoutesAreToldThatTheySendNothing(Jar jar) throws Exception {
        jar.ownRoutes();
        try (Stream<Path> files = Files.list(jar.folder().resolve("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                Files.writeString(
                        file, text.replaceAll("        - to:\n +description: [^\n]*\n +uri: buffer:sinks\n", ""));
            }
        }
        http(jar).script("status connected\ntrade 1\nidle").start();
        jar.awaitHealth("an alarm", h -> h.at("/connector/alarms").toString().contains("sink http gets no events"));
        jar.awaitLog("sinks_without_events sinks=http");
        jar.stop();
        assertThat(jar.log("sinks_without_events sinks=http")).hasSize(1);
    }

    /** The routes of doc/SINKS.md. */
    @Test
    void sinksOfOnesOwnUseTheSameBuffer(Jar jar) throws Exception {
        jar.ownRoutes();
        Path own = Files.createDirectories(jar.folder().resolve("routes/sinks"));
        Files.writeString(own.resolve("copy.camel.yaml"), documented("- templatedRoute"));
        Files.writeString(own.resolve("lines.camel.yaml"), documented("- route:"));
        jar.with("SINKS", "lines,copy").connector(NumberedFeed.class, RATE).start();
        awaitSink(jar, "lines", "delivered", RATE);
        long last = endOfFeed(jar);
        awaitSink(jar, "lines", "delivered", last);
        awaitSink(jar, "copy", "delivered", last);
        assertThat(trades(Files.readAllLines(jar.folder().resolve("lines/trades.ndjson"))))
                .isEqualTo(upTo(last));
        assertThat(trades(Files.readAllLines(jar.folder().resolve("copy/events.ndjson"))))
                .isEqualTo(upTo(last));
        jar.stop();
    }

    /** The example of the document that begins with this text. */
    private static String documented(String start) throws IOException {
        String text = Files.readString(Path.of("doc/SINKS.md"));
        int begin = text.indexOf("```yaml\n" + start) + "```yaml\n".length();
        return text.substring(begin, text.indexOf("```", begin));
    }
}
