package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connectors.NumberedFeed;
import dev.livefeed.connectors.StubbornStep;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A blocking step is reported and waited for: the connector keeps running, and the feed continues when the step
 * returns.
 */
@Tag("drill")
@ExtendWith(JarExtension.class)
class BlockedIT {

    private static final String SEEN = "- log: \"seen ${body.id}\"";
    private static final String DELAY =
            "- filter: {simple: \"${body.id} == '300'\", steps: [{delay: {id: slow, expression: {constant: \"%d\"}}}]}";
    private static final String STUBBORN =
            "- process: {id: slow, ref: \"#class:" + StubbornStep.class.getName() + "\"}";

    private String seeing;

    @BeforeEach
    void feed(Jar jar) throws Exception {
        jar.ownRoutes()
                .connector(NumberedFeed.class, 200)
                .beside(Path.of("target", "test-classes").toAbsolutePath())
                .with("CONNECTOR_WATCHDOG_SILENCE", "4s")
                .with("LOG_LINES_PER_SECOND", "0")
                .with("CONNECTOR_BACKOFF_INITIAL", "100ms")
                .with("HEALTH_BLOCKED", "2s")
                .with("HEALTH_STUCK", "3s");
        seeing = RouteEdit.appended(Files.readString(jar.route("trades")), SEEN);
    }

    private static String step(String name) {
        return name.equals("delay") ? DELAY.formatted(600_000) : STUBBORN;
    }

    @Test
    void slowStepIsWaitedForWithoutLoss(Jar jar) throws Exception {
        Files.writeString(jar.route("trades"), RouteEdit.appended(seeing, DELAY.formatted(12_000)));
        jar.start();
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_blocked_seconds 0.0", "livefeed_blocked_episodes_total");

        JsonNode health = awaitHeld(jar);

        assertThat(health.at("/connector/state").asText()).isEqualTo("blocked");
        assertThat(health.at("/connector/reasons/0").asText()).matches("blocked: route trades, step slow, \\d+ s");
        JsonNode blocked = health.at("/connector/blocked");
        assertThat(blocked.path("route").asText()).isEqualTo("trades");
        assertThat(blocked.path("step").asText()).isEqualTo("slow");
        assertThat(blocked.path("seconds").asDouble()).isGreaterThanOrEqualTo(2);
        assertThat(blocked.path("type").asText()).isEqualTo("trade");
        assertThat(blocked.path("symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);
        assertThat(jar.get("/ready").body()).contains("blocked: route trades, step slow");
        assertThat(jar.get("/observe/metrics").body()).doesNotContain("livefeed_blocked_seconds 0.0");
        Jar.soon().until(() -> Stream.of("/live", "/health", "/observe/health/live")
                .allMatch(path -> jar.get(path).statusCode() == 503));
        jar.awaitLog("feed_blocked route=trades step=slow seconds=\\d+ type=trade symbol=(linear:)?BTCUSDT");

        jar.awaitTrades(400);
        jar.awaitState("live");
        jar.awaitLog("feed_unblocked route=trades step=slow seconds=1\\d");
        assertThat(jar.get("/live").statusCode()).isEqualTo(200);
        long last = endOfFeed(jar);
        assertThat(seen(jar)).isEqualTo(range(1, last));
        assertThat(jar.process().path("starts").asInt()).isOne();
        assertThat(jar.process().path("blocked_episodes").asInt()).isPositive();
        assertThat(jar.get("/observe/metrics").body()).doesNotContain("livefeed_blocked_episodes_total 0.0");
        assertThat(jar.health().at("/connector/blocked").isNull()).isTrue();
        assertThat(jar.json("/dead-letters")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay", "stubborn"})
    void removedStepNoLongerBlocks(String step, Jar jar) throws Exception {
        Files.writeString(jar.route("trades"), RouteEdit.appended(seeing, step(step)));
        jar.start();
        awaitHeld(jar);

        Files.writeString(jar.route("trades"), seeing);

        jar.awaitTrades(400);
        jar.awaitState("live");
        long last = endOfFeed(jar);
        assertThat(seen(jar)).isEqualTo(range(1, last));
        assertThat(jar.process().path("starts").asInt()).isOne();
        assertThat(jar.health().at("/dead_letters/by_reason")).hasToString("{\"step-abandoned\":1}");
        assertThat(jar.json("/dead-letters").toString()).contains("\\\"id\\\":300");
        jar.stop();
    }

    @Test
    void connectorExitsWhileALineIsBlocked(Jar jar) throws Exception {
        Files.writeString(jar.route("trades"), RouteEdit.appended(seeing, step("delay")));
        jar.start();
        awaitHeld(jar);

        jar.child().destroyForcibly();

        JsonNode health = jar.awaitHealth(
                "another process",
                h -> h.at("/connector/connector_health/starts").asInt() == 2
                        && h.at("/connector/connector_health/process_alive").asBoolean());
        assertThat(health.at("/connector/state").asText()).isEqualTo("blocked");
        long notRouted = health.at("/dead_letters/by_reason/not-routed").asLong();
        assertThat(notRouted).isPositive();
        jar.awaitLog("feed_lines_not_routed pid=\\d+ lines=" + notRouted);
        assertThat(seen(jar)).isEqualTo(range(1, 300));

        Files.writeString(jar.route("trades"), seeing);

        jar.awaitState("live");
        long last = endOfFeed(jar);
        List<Long> expected = new ArrayList<>(range(1, 300));
        expected.addAll(range(1, last));
        Jar.soon().untilAsserted(() -> assertThat(seen(jar)).isEqualTo(expected));
        assertThat(jar.process().path("starts").asInt()).isEqualTo(2);
        jar.awaitLog("connector_disconnected .*the connector process ended");
    }

    @Test
    void tradesOfDroppedLinesAreFetchedByTheNextProcess(Jar jar) throws Exception {
        int exchange = Jar.freePort();
        jar.with("SIMULATOR_PORT", exchange).with("CONNECTOR_COMMAND", "").with("CONNECTOR_WATCHDOG_SILENCE", "15s");
        String arriving = RouteEdit.appended(seeing, "- log: \"arrived ${body.id}\"");
        Files.writeString(jar.route("trades"), arriving);
        jar.start();
        jar.awaitTrades(10);
        Files.writeString(
                jar.route("trades"),
                RouteEdit.appended(arriving, "- delay: {id: slow, expression: {constant: \"600000\"}}"));
        awaitHeld(jar);
        jar.child().destroyForcibly();
        jar.awaitLog("feed_lines_not_routed");
        jar.awaitLog("bybit_connector_runner_started", 2);
        int before = jar.log("arrived ").size();

        Files.writeString(jar.route("trades"), arriving);

        Jar.soon().until(() -> jar.log("arrived ").size() >= before + 100);
        List<String> arrived = jar.log("arrived ").stream()
                .map(line -> line.replaceAll(".*arrived ", ""))
                .toList();
        List<String> made = new ArrayList<>(Jar.parse(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exchange
                                                + "/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .findValuesAsText("execId"));
        Collections.reverse(made);
        assertThat(made).containsSubsequence(arrived.get(0), arrived.get(arrived.size() - 1));
        assertThat(arrived)
                .isEqualTo(
                        made.subList(made.indexOf(arrived.get(0)), made.indexOf(arrived.get(arrived.size() - 1)) + 1));
    }

    /** Each line is held for less than HEALTH_BLOCKED, but the lines behind it grow old. */
    @Test
    void dataThatWaitsBehindASlowStepIsStale(Jar jar) throws Exception {
        jar.with("SIMULATOR_PORT", Jar.freePort())
                .with("CONNECTOR_COMMAND", "")
                .with("CONNECTOR_WATCHDOG_SILENCE", "15s")
                .with("HEALTH_FRESH", "2s");
        jar.start();
        jar.awaitTrades(10);
        assertThat(jar.get("/ready").statusCode()).isEqualTo(200);

        Files.writeString(
                jar.route("trades"),
                RouteEdit.appended(seeing, "- delay: {id: slow, expression: {constant: \"1000\"}}"));

        JsonNode health =
                jar.awaitHealth("not ready", h -> !h.at("/connector/ready").asBoolean());
        assertThat(health.at("/connector/state").asText()).isEqualTo("stale");
        assertThat(health.at("/connector/reasons/0").asText())
                .matches(
                        "the newest market data is [\\d.]+ s old and waited [\\d.]+ s for the routes since received_at;"
                                + " a step of a route is slow, or the machine is overloaded");
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);

        Files.writeString(jar.route("trades"), seeing);

        jar.awaitState("synthetic");
        assertThat(jar.process().path("starts").asInt()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay", "stubborn"})
    void stopWhileALineIsBlocked(String step, Jar jar) throws Exception {
        Files.writeString(jar.route("trades"), RouteEdit.appended(seeing, step(step)));
        jar.start();
        awaitHeld(jar);

        jar.stop();
    }

    /** Waits until the step is reported as blocked. */
    private static JsonNode awaitHeld(Jar jar) {
        return jar.awaitHealth(
                "the step", h -> h.at("/connector/blocked/step").asText().equals("slow"));
    }

    /** Ends the feed and waits until it is fully processed; returns the number of its last trade. */
    private static long endOfFeed(Jar jar) throws Exception {
        jar.write("enough", "");
        Jar.soon().until(() -> Files.exists(jar.folder().resolve("last")));
        long last =
                Long.parseLong(new String(Files.readAllBytes(jar.folder().resolve("last")), StandardCharsets.US_ASCII));
        Jar.soon().until(() -> seen(jar).contains(last));
        return last;
    }

    private static List<Long> seen(Jar jar) {
        return jar.log(" - seen \\d+$").stream()
                .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
