package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rounds, backoff, fallback and recovery with the shipped routes and shorter times. */
@ExtendWith(JarExtension.class)
class RestartIT {

    private static final String STARTED = "bybit_connector_runner_started";
    private static final String DIED = "bybit_connector_process_died";
    private static final String EXHAUSTED = "connector_connection_exhausted";
    /** Tolerance for slow machines. */
    private static final long LATE = 1_500;

    @Test
    @Tag("drill")
    void backoffDoublesWithJitterUpToItsMaximum(Jar jar) throws Exception {
        jar.script("exit 3")
                .with("CONNECTOR_BACKOFF_INITIAL", "200ms")
                .with("CONNECTOR_BACKOFF_MAX", "1s")
                .with("CONNECTOR_COOLDOWN", "60s")
                .start();
        jar.awaitLog(EXHAUSTED);

        List<Instant> starts = times(jar, STARTED);
        List<Instant> deaths = times(jar, DIED);
        assertThat(starts).hasSize(6);
        assertThat(deaths).hasSize(6);
        double nominal = 200;
        double least = 1;
        double most = 1;
        List<String> delays = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            least *= 0.85;
            most *= 1.15;
            long delay = Duration.between(deaths.get(i), starts.get(i + 1)).toMillis();
            delays.add(delay + " ms");
            assertThat((double) delay)
                    .as("delay %s of %s", i + 1, delays)
                    // The log line is written slightly after the exit.
                    .isBetween(Math.min(1_000, nominal * least) - 30, Math.min(1_000, nominal * most) + LATE);
            nominal *= 2;
        }
    }

    @Test
    void tradesMissedBetweenProcessesAreFetched(Jar jar) throws Exception {
        int exchange = Jar.freePort();
        jar.with("SIMULATOR_PORT", exchange)
                .with("CONNECTOR_BACKOFF_INITIAL", "3s")
                .ownRoutes();
        RouteEdit.append(jar.route("trades"), "- log: \"arrived ${body.id}\"");
        jar.start();
        jar.awaitTrades(20);
        jar.child().destroyForcibly();
        jar.awaitLog(DIED);
        int before = jar.log("arrived ").size();
        Jar.soon().until(() -> jar.log("arrived ").size() >= before + 40);

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
        assertThat(made).contains(arrived.get(0), arrived.get(arrived.size() - 1));
        assertThat(arrived)
                .isEqualTo(
                        made.subList(made.indexOf(arrived.get(0)), made.indexOf(arrived.get(arrived.size() - 1)) + 1));
        jar.awaitLog("connector_status repaired"); // follows the trades
    }

    @Test
    void roundIsOneStartAndFiveRetriesThenFallbackThenAnotherRound(Jar jar) throws Exception {
        jar.script("echo 'no route to the exchange' >&2; [ -f works ] || exit 3; status connected; trade 1; idle")
                .with("CONNECTOR_BACKOFF_INITIAL", "20ms")
                .with("CONNECTOR_BACKOFF_MAX", "50ms")
                .with("CONNECTOR_COOLDOWN", "3s")
                .start();

        JsonNode health = jar.awaitState("exhausted");

        JsonNode connector = health.path("connector");
        assertThat(connector.path("connected").asBoolean()).isFalse();
        assertThat(connector.path("ready").asBoolean()).isFalse();
        assertThat(connector.at("/reasons/0").asText())
                .contains("exhausted", "exit status 3", "no route to the exchange");
        JsonNode process = connector.path("connector_health");
        assertThat(process.path("process_alive").asBoolean()).isFalse();
        assertThat(process.path("pid").isNull()).isTrue();
        assertThat(process.path("exhausted_rounds").asInt()).isOne();
        assertThat(process.path("starts").asInt()).isEqualTo(6);
        assertThat(process.path("retries").asInt()).isEqualTo(5);
        assertThat(process.path("last_exit_status").asInt()).isEqualTo(3);
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);
        assertThat(jar.get("/live").statusCode()).isEqualTo(200);
        assertThat(jar.get("/observe/health/ready").statusCode()).isEqualTo(503);
        assertThat(jar.get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_connector_exhausted_total 1.0", "livefeed_connected 0.0");
        assertThat(jar.log("connector_reconnect_cooldown seconds=3.0")).hasSize(1);

        jar.awaitLog(EXHAUSTED, 2);
        assertThat(times(jar, STARTED)).hasSizeGreaterThanOrEqualTo(12);
        jar.write("works", "");
        health = jar.awaitState("live");
        assertThat(health.at("/connector/connected").asBoolean()).isTrue();
        assertThat(health.at("/connector/synthetic").asBoolean()).isFalse();
        assertThat(health.at("/connector/source").asText()).isEqualTo("custom");
    }

    /** Starts 4 and 5 have worked for a while, start 6 was only connected; the orphans of start 7 hold its pipe. */
    @Test
    @Tag("drill")
    void onlyAProcessThatHasWorkedForAWhileStartsANewRound(Jar jar) throws Exception {
        jar.scripts(
                        "status connected; exit 1",
                        "status connected; exit 1",
                        "status connected; exit 1",
                        "status connected; trade 1; sleep 2; trade 2; exit 1",
                        """
                        status connected
                        printf '{"status":"subscribed","channel":"trades","symbol":"BTCUSDT","id":"sub-1"}\\n'
                        status heartbeat; sleep 2; status heartbeat; exit 1
                        """,
                        "status connected; status heartbeat; sleep 2; status heartbeat; exit 1",
                        // The orphan leaves the process tree before it can be observed.
                        "(sleep 90 &) ; status connected; trade 3; exit 1",
                        "status connected; exit 1")
                .with("CONNECTOR_STABLE_AFTER", "1s")
                .with("CONNECTOR_BACKOFF_INITIAL", "20ms")
                .with("CONNECTOR_BACKOFF_MAX", "50ms")
                .with("CONNECTOR_COOLDOWN", "60s")
                .start();

        JsonNode health = jar.awaitState("exhausted");

        assertThat(jar.log(DIED).stream().map(line -> line.replaceAll(".*(attempt=\\d+).*", "$1")))
                .as("the fourth and the fifth were stable")
                .containsExactly(
                        "attempt=1",
                        "attempt=2",
                        "attempt=3",
                        "attempt=0",
                        "attempt=0",
                        "attempt=1",
                        "attempt=2",
                        "attempt=3",
                        "attempt=4",
                        "attempt=5",
                        "attempt=6");
        assertThat(times(jar, STARTED)).as("five starts, and a new round").hasSize(5 + 6);
        assertThat(health.at("/connector/connector_health/starts").asInt()).isEqualTo(5 + 6);
        assertThat(jar.log(EXHAUSTED)).hasSize(1);
        assertThat(Jar.trades(health)).isEqualTo(3);
        Duration held = Duration.between(
                times(jar, STARTED).get(6), times(jar, EXHAUSTED).get(0));
        assertThat(held).as("the orphan delays nothing").isLessThan(Duration.ofSeconds(60));
        jar.living().stream().filter(p -> p.pid() != jar.pid()).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void missingProgramIsRetried(Jar jar) throws Exception {
        jar.write("feed", "#!/bin/sh\nexit 5\n");
        assertThat(jar.folder().resolve("feed").toFile().setExecutable(true)).isTrue();
        jar.with("CONNECTOR_COMMAND", "./feed")
                .with("CONNECTOR_BACKOFF_INITIAL", "300ms")
                .with("CONNECTOR_BACKOFF_MAX", "300ms")
                .with("CONNECTOR_COOLDOWN", "500ms")
                .start();
        jar.awaitLog(DIED);
        java.nio.file.Files.delete(jar.folder().resolve("feed"));

        jar.awaitLog("cannot be started");
        jar.awaitState("exhausted", "retrying");
        jar.awaitLog(EXHAUSTED);
        assertThat(jar.process().path("last_failure").asText()).contains("cannot be started", "feed");
    }

    private static List<Instant> times(Jar jar, String event) {
        return jar.log(event).stream()
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .toList();
    }
}
