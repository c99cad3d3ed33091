package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records a run as documented and replays the recording. */
@ExtendWith(JarExtension.class)
class ReplayIT {

    /** Enters and leaves the market every second, so that a few seconds of recording contain orders and fills. */
    private static final String STRATEGY =
            """
            - route:
                id: flip
                description: Buys when flat, else closes
                routeConfigurationId: strategy-failures
                from:
                  uri: strategy:candles
                  parameters:
                    timeframe: 1s
                  steps:
                    - choice:
                        when:
                          - simple: "${body.position.flat}"
                            steps:
                              - bean:
                                  ref: signals
                                  method: buyFor(${body}, 1000, 0.6, 'flat')
                        otherwise:
                          steps:
                            - bean:
                                ref: signals
                                method: close(${body}, 'not flat')
                    - to: direct:signals
            """;

    private static final List<String> ANSWERS = List.of(
            "/context",
            "/levels",
            "/profile",
            "/price",
            "/debug/vwap",
            "/strategy/candles?timeframe=1s&count=100",
            "/strategy/orders",
            "/strategy/positions",
            "/strategy/signals",
            "/strategy/equity");

    @Test
    void recordedRunIsReproducible(Jar jar, @TempDir Path temp) throws Exception {
        Path recording = record(jar);
        Path packed = temp.resolve("day.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(recording, out);
        }

        Map<String, String> first = played(temp.resolve("first"), recording, "max");
        Map<String, String> second = played(temp.resolve("second"), packed, "max");
        Map<String, String> paced = played(temp.resolve("paced"), recording, "4");

        assertThat(first.get("journal-000001.jsonl")).contains("BTCUSDT", "ETHUSDT", "\"flip\"");
        assertThat(Jar.parse(first.get("/strategy/orders BTCUSDT"))
                        .path("orders")
                        .size())
                .isGreaterThan(1);
        assertThat(second).isEqualTo(first);
        assertThat(paced).isEqualTo(first);
    }

    /** Records a few seconds of the local exchange with the documented command. */
    private static Path record(Jar jar) throws Exception {
        Matcher command = Pattern.compile("CONNECTOR_COMMAND=\"(bash [^\"]+ \\| tee -a day\\.ndjson')\"")
                .matcher(Files.readString(Path.of("doc", "REPLAY.md")));
        assertThat(command.find()).as("the command in doc/REPLAY.md").isTrue();
        jar.with("DATA_SOURCE", "simulator")
                .with("SYMBOL", "BTCUSDT,ETHUSDT")
                .with("CONNECTOR_CHANNELS", "trades,depth,ticker")
                .with("CONNECTOR_COMMAND", command.group(1).replace("bybit-live-connector.jar", Jar.FILE.toString()))
                .start();
        jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
        for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
            Jar.soon()
                    .alias("closed candles of " + symbol)
                    .until(() -> jar.json("/strategy/candles?timeframe=1s&symbol=" + symbol)
                                    .at("/candles")
                                    .size()
                            >= 5);
        }
        jar.stop();
        Path recording = jar.folder().resolve("day.ndjson");
        assertThat(Files.readString(recording))
                .contains("\"type\":\"ticker\"", "\"subscribed\"")
                .endsWith("}\n");
        return recording;
    }

    /** All results of a replay by name. */
    private static Map<String, String> played(Path folder, Path recording, String speed) throws Exception {
        Map<String, String> left = new TreeMap<>();
        Files.createDirectories(folder);
        try (Jar replay = new Jar(folder)) {
            replay.ownRoutes();
            Files.writeString(replay.route("strategy-flip"), STRATEGY);
            replay.with("DATA_SOURCE", "replay")
                    .with("REPLAY_FILE", recording)
                    .with("REPLAY_SPEED", speed)
                    .with("SYMBOL", "BTCUSDT,ETHUSDT")
                    .with("CONNECTOR_CHANNELS", "trades,depth,ticker")
                    .start();
            JsonNode health = replay.awaitState("finished");
            assertThat(health.at("/connector/synthetic").asBoolean()).isTrue();
            assertThat(health.at("/dead_letters/total").asInt()).isZero();
            assertThat(health.at("/connector/connector_health/statuses/recording_ended")
                            .asInt())
                    .isEqualTo(1);
            assertThat(health.at("/connector/connector_health/figures/replay").asText())
                    .isEqualTo("ended");
            for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
                for (String path : ANSWERS) {
                    String answer = replay.get(path + (path.contains("?") ? "&" : "?") + "symbol=" + symbol)
                            .body();
                    left.put(path + " " + symbol, answer);
                }
            }
            replay.stop();
            try (Stream<Path> files = Files.list(folder.resolve("data/paper/replay"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                    left.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return left;
    }

    /** Ten trades per second. */
    private static Path written(Jar jar, int trades) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < trades; i++) {
            lines.add("{\"type\":\"trade\",\"timestamp\":" + (1_780_000_000_000L + i * 100L)
                    + ",\"price\":100,\"qty\":1,\"side\":\"buy\",\"id\":" + i + "}");
        }
        return Files.write(jar.folder().resolve("day.ndjson"), lines);
    }

    @Test
    void replayIsNotALiveFeedAndStopsWhilePlaying(Jar jar) throws Exception {
        written(jar, 10_000);
        jar.with("DATA_SOURCE", "replay")
                .with("REPLAY_FILE", "day.ndjson")
                .with("REPLAY_SPEED", "1")
                .with("CONNECTOR_CHANNELS", "trades")
                .start();

        JsonNode health = jar.awaitHealth(
                "a trade of the replay",
                h -> h.at("/connector/state").asText().equals("replay")
                        && h.at("/connector/last_ts").isTextual());
        assertThat(health.at("/connector/source").asText()).isEqualTo("replay");
        assertThat(health.at("/connector/synthetic").asBoolean()).isTrue();
        assertThat(health.at("/connector/fresh").asBoolean()).isTrue();
        assertThat(health.at("/connector/last_ts").asText()).startsWith("2026-05-28T20:26:");
        assertThat(jar.json("/context").path("synthetic").asBoolean()).isTrue();

        jar.stop();
        assertThat(jar.log("bybit_connector_runner_stopped exit=0")).hasSize(1);
    }

    @Test
    void sessionsFollowTheSummerTimeOfTheirZone(Jar jar) throws Exception {
        List<String> lines = new ArrayList<>();
        long morning = Instant.parse("2026-06-15T06:55:00Z").toEpochMilli();
        for (int minute = 0; minute < 80; minute++) {
            lines.add("{\"type\":\"trade\",\"timestamp\":" + (morning + minute * 60_000L) + ",\"price\":"
                    + (50_000 + minute) + ",\"qty\":1,\"side\":\"buy\",\"id\":" + minute + "}");
        }
        Files.write(jar.folder().resolve("day.ndjson"), lines);
        jar.with("DATA_SOURCE", "replay")
                .with("REPLAY_FILE", "day.ndjson")
                .with("REPLAY_TO", "2026-06-15T07:31:00Z")
                .with("SESSIONS", "tokyo 09:00-15:00 asia/tokyo, london 08:00-12:00 Europe/London")
                .with("CONNECTOR_CHANNELS", "trades")
                .start();
        jar.awaitState("finished");

        JsonNode context = jar.json("/context");
        assertThat(context.at("/session/name").asText()).isEqualTo("london");
        assertThat(context.at("/levels/OR/startTs").asText()).startsWith("2026-06-15T07:00:00");
        assertThat(context.at("/levels/OR/lo").asText()).isEqualTo("50005");
        assertThat(context.at("/levels/OR/hi").asText()).isEqualTo("50014");
        JsonNode sessions = jar.json("/strategy/status").path("sessions");
        assertThat(sessions.at("/open/0").asText()).isEqualTo("london");
        assertThat(sessions.at("/next").asText()).isEqualTo("close london");
        assertThat(sessions.at("/next_at").asText()).startsWith("2026-06-15T11:00:00");
    }

    @Test
    @Tag("drill")
    void killedReplayResumesAndStaysPaused(Jar jar) throws Exception {
        written(jar, 400);
        jar.with("DATA_SOURCE", "replay")
                .with("REPLAY_FILE", "day.ndjson")
                .with("REPLAY_SPEED", "8")
                .with("CONNECTOR_CHANNELS", "trades")
                .start();
        jar.awaitTrades(50);

        assertThat(StrategyIT.send(jar, "POST", "/replay/pause", "").statusCode())
                .isEqualTo(200);
        jar.child().destroyForcibly();
        jar.awaitHealth(
                "the pause of the next process",
                h -> h.at("/connector/state").asText().equals("paused")
                        && h.at("/connector/connector_health/starts").asInt() == 2);
        assertThat(jar.json("/replay").path("speed").asText()).isEqualTo("8");
        // They end with a resumption.
        assertThat(CurlCommands.run(DocumentationIT.REPLAY, jar)).isGreaterThan(3);
        jar.awaitState("finished");

        assertThat(jar.json("/context").at("/stats/trades").asInt()).isEqualTo(400);
        assertThat(jar.process().path("starts").asInt()).isEqualTo(2);
    }

    @Test
    void recordingWithoutTheSymbolIsReported(Jar jar) throws Exception {
        Files.writeString(
                written(jar, 10),
                Files.readString(jar.folder().resolve("day.ndjson"))
                        .replace("\"trade\",", "\"trade\",\"symbol\":\"ETHUSDT\","));
        jar.with("DATA_SOURCE", "replay")
                .with("REPLAY_FILE", "day.ndjson")
                .with("SYMBOL", "BTCUSDT")
                .start();

        JsonNode health = jar.awaitState("misconfigured");

        assertThat(health.at("/connector/reasons/0").asText())
                .contains("none belongs to a subscribed stream; it contains ETHUSDT");
    }
}
