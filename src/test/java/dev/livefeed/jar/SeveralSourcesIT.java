package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two sources in one application: what happens to one does not happen to the other. */
@ExtendWith(JarExtension.class)
class SeveralSourcesIT {

    /** Counts trades up without end, and keeps the commands it gets. */
    private static final String COUNTING =
            """
            exec 3<&0
            while read -r command; do echo "$command" >> NAME.commands; done <&3 &
            status connected
            n=0
            while :; do n=$((n + 1)); trade $n; sleep 0.05; done
            """;

    private static Jar both(Jar jar, String binance) throws Exception {
        return scripted(jar.with("DATA_SOURCE", "bybit_connector,binance_ws"), COUNTING, binance);
    }

    private static Jar scripted(Jar jar, String bybit, String binance) throws Exception {
        jar.script(bybit.replace("NAME", "bybit"), "BYBIT").script(binance.replace("NAME", "binance"), "BINANCE");
        return jar.with("CONNECTOR_CHANNELS", "trades")
                .with("CONNECTOR_BACKOFF_INITIAL", "200ms")
                .with("CONNECTOR_BACKOFF_MAX", "200ms");
    }

    private static JsonNode of(JsonNode health, String venue) {
        return health.path("connectors").path(venue);
    }

    private static boolean ready(JsonNode health, String venue) {
        return of(health, venue).path("ready").asBoolean();
    }

    private static long pid(JsonNode health, String venue) {
        return of(health, venue).at("/connector_health/pid").asLong();
    }

    @Test
    void aKilledProcessLeavesTheOtherSourceAloneAndAnEditOfTheTemplateRestartsBoth(Jar jar) throws Exception {
        both(jar, COUNTING).ownRoutes();
        RouteEdit.append(jar.route("trades"), "- log: \"arrived ${body.venue} ${body.id}\"");
        jar.with("LOG_LINES_PER_SECOND", "0").start();
        JsonNode before = jar.awaitHealth("both", h -> ready(h, "bybit") && ready(h, "binance"));

        assertThat(before.at("/overall/ready").asBoolean()).isTrue();
        assertThat(before.at("/overall/readiness/wanted").asInt()).isEqualTo(2);
        assertThat(jar.get("/ready").statusCode()).isEqualTo(200);
        assertThat(before.path("connector")).isEqualTo(before.at("/connectors/bybit"));
        assertThat(jar.get("/price?symbol=BTCUSDT").body())
                .contains("ambiguous; it must be one of binance:spot:BTCUSDT, bybit:linear:BTCUSDT");
        assertThat(jar.json("/price?symbol=binance:spot:BTCUSDT").path("venue").asText())
                .isEqualTo("binance");
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_connected{venue=\"bybit\"} 1.0", "livefeed_connected{venue=\"binance\"} 1.0")
                .contains("type=\"trade\",venue=\"bybit\"", "type=\"trade\",venue=\"binance\"");

        ProcessHandle killed = ProcessHandle.of(pid(before, "binance")).orElseThrow();
        killed.destroyForcibly();
        JsonNode after = jar.awaitHealth("the next one", h -> ready(h, "binance") && pid(h, "binance") != killed.pid());
        long seen = arrived(jar, "bybit").size();
        Jar.soon().until(() -> arrived(jar, "bybit").size() > seen + 20);

        assertThat(pid(after, "bybit")).isEqualTo(pid(before, "bybit"));
        assertThat(of(after, "bybit").at("/connector_health/error_count").asLong())
                .isZero();
        assertThat(of(after, "bybit").at("/connector_health/starts").asLong()).isOne();
        assertThat(of(after, "binance").at("/connector_health/starts").asLong()).isEqualTo(2);
        List<Integer> bybit = arrived(jar, "bybit");
        assertThat(bybit)
                .as("no hole")
                .isEqualTo(IntStream.rangeClosed(1, bybit.size()).boxed().toList());
        assertThat(jar.text("bybit.commands").lines())
                .as("commands of one process")
                .hasSize(1);
        assertThat(jar.text("bybit.commands")).contains("\"linear\"").doesNotContain("spot");
        assertThat(jar.text("binance.commands").lines())
                .as("commands of two processes")
                .hasSize(2);

        RouteEdit.renameOver(
                jar.route("connector"),
                Files.readString(jar.route("connector")).replace("Runs the connector", "Keeps the connector"));
        jar.awaitHealth(
                "both again",
                h -> ready(h, "bybit")
                        && ready(h, "binance")
                        && pid(h, "bybit") != pid(after, "bybit")
                        && pid(h, "binance") != pid(after, "binance"));
        jar.stop();
    }

    private static List<Integer> arrived(Jar jar, String venue) {
        return jar.log("arrived " + venue + ' ').stream()
                .map(line -> Integer.valueOf(line.replaceAll(".*arrived \\w+ (\\d+).*", "$1")))
                .toList();
    }

    @Test
    void rejectedSettingsAndUsedUpRetriesAreThoseOfOneSource(Jar jar) throws Exception {
        both(jar, "echo 'no such market' >&2; exit 78")
                .with("READY_WHEN", "any")
                .start();
        JsonNode health = jar.awaitHealth(
                "one of two",
                h -> ready(h, "bybit")
                        && of(h, "binance").path("state").asText().equals("misconfigured"));

        assertThat(of(health, "binance").path("reasons").toString()).contains("no such market");
        assertThat(of(health, "bybit").path("reasons")).isEmpty();
        assertThat(health.at("/overall/state").asText()).isEqualTo("degraded");
        assertThat(health.at("/overall/ready").asBoolean()).as("any of two").isTrue();
        assertThat(jar.get("/ready").statusCode()).isEqualTo(200);
        jar.stop();
    }

    @Test
    @Tag("drill")
    void eachSourceHasItsOwnRoundsAndCoolDown(Jar jar) throws Exception {
        both(jar, "trap '' TERM; exit 3").with("CONNECTOR_RETRIES", 1).start();
        JsonNode health = jar.awaitHealth(
                "a used up round",
                h -> ready(h, "bybit")
                        && of(h, "binance").path("state").asText().equals("exhausted"));

        assertThat(of(health, "bybit").at("/connector_health/retries").asLong()).isZero();
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);
        assertThat(jar.get("/ready").body()).contains("binance: no connector process: exhausted");
        jar.stop();
    }

    @Test
    void aFileWithOneConnectorRouteIsRefusedInOneLine(Jar jar) throws Exception {
        both(jar, COUNTING).ownRoutes();
        Files.copy(
                Path.of("src/test/resources/earlier-routes/connector.camel.yaml"),
                jar.route("connector"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(jar.run()).isEqualTo(78);
        assertThat(jar.text("err").lines().filter(line -> line.startsWith("error: ")))
                .singleElement()
                .asString()
                .contains("take connector.camel.yaml from this version");
    }
}
