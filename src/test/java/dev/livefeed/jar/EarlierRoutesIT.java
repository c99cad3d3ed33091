package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A user's copies of the route files that stay compatible, of the version that declared neither the data format of
 * events nor the binding of the exec step, work without a change.
 */
@ExtendWith(JarExtension.class)
class EarlierRoutesIT {

    private static final String DIED = "bybit_connector_process_died";

    /** Their events file knows neither bookings nor risk figures: those reach their routes all the same. */
    @Test
    void roundsAttemptsAndCountsAreTheSameAndEventsOfNewTypesReachTheirRoutes(Jar jar) throws Exception {
        jar.script(
                        """
                        [ -f works ] || exit 3
                        status connected; trade 1
                        now=$(date +%s)000
                        printf '{"type":"execution","timestamp":%s,"symbol":"BTCUSDT","id":"f","kind":"funding",\
                        "fee":"1"}\\n' "$now"
                        printf '{"type":"adl","timestamp":%s,"symbol":"BTCUSDT","coin":"USDT","balance":"1"}\\n' "$now"
                        trade 2
                        idle
                        """)
                .with("CONNECTOR_BACKOFF_INITIAL", "20ms")
                .with("CONNECTOR_BACKOFF_MAX", "50ms")
                .with("CONNECTOR_COOLDOWN", "2s")
                .ownRoutes();
        for (String name : List.of("connector", "events", "trades", "depth", "status", "commands", "dead-letter")) {
            earlier(jar, name);
        }
        for (String name : List.of("account", "risk")) {
            Path file = jar.route(name);
            Files.writeString(file, Files.readString(file).replace("loggingLevel: TRACE", "loggingLevel: INFO"));
        }
        jar.start();

        jar.awaitLog("connector_connection_exhausted", 2);

        List<String> attempts = IntStream.rangeClosed(1, 12)
                .mapToObj(start -> "attempt=" + ((start - 1) % 6 + 1))
                .toList();
        assertThat(jar.log(DIED).stream().map(line -> line.replaceAll(".*(attempt=\\d+).*", "$1")))
                .startsWith(attempts.toArray(String[]::new));
        assertThat(jar.log("connector_retry attempt=5 ")).hasSizeGreaterThanOrEqualTo(2);
        jar.write("works", "");
        JsonNode health = jar.awaitState("live");
        assertThat(health.at("/connector/connector_health/exhausted_rounds").asInt())
                .isGreaterThanOrEqualTo(2);
        Jar.soon().until(() -> Jar.trades(jar.awaitState("live")) == 2);
        assertThat(jar.log("route_edit_refused")).isEmpty();

        jar.awaitLog("a funding booking of BTCUSDT");
        jar.awaitLog("event_type_unknown_to_route type=adl");
        assertThat(jar.log("event_type_unknown_to_route type=booking route=events file=\"events.camel.yaml\""))
                .hasSize(1);
        assertThat(jar.log("event_type_unknown_to_route type=adl")).hasSize(1);
        assertThat(jar.log("route_step_missing route=status file=\"status.camel.yaml\" bean=instrumentRelease"))
                .hasSize(1);
        assertThat(jar.health().at("/dead_letters/total").asLong()).isZero();
    }

    /** The other files of that version name beans, methods and endpoints that no longer exist. */
    @Test
    void aFileThatCannotWorkAnyMoreIsNamedInOneLineWithWhatToDo(Jar jar) throws Exception {
        jar.ownRoutes();
        for (String name : List.of("api", "api-strategy", "backfill", "context")) {
            earlier(jar, name);
        }

        assertThat(jar.run("check")).isEqualTo(78);

        assertThat(jar.log())
                .filteredOn(line -> line.startsWith("error: "))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .matches("error: [a-z-]+\\.camel\\.yaml:\\d+: .*a route file of an earlier version: .*")
                        .containsPattern("unzip -p bybit-live-connector.jar routes/[a-z-]+\\.camel\\.yaml"));
    }

    private static void earlier(Jar jar, String name) throws IOException {
        Files.copy(
                Path.of("src/test/resources/earlier-routes", name + ".camel.yaml"),
                jar.route(name),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** A folder of a version that did not have the files of the newest operations. */
    @Test
    void aFolderWithoutTheFilesOfNewOperationsGetsThemFromTheJar(Jar jar) throws Exception {
        jar.script("status connected; trade 1; idle").ownRoutes();
        for (String name : List.of("api-control", "api-routes", "api-replay")) {
            Files.delete(jar.route(name));
        }
        assertThat(jar.run("check")).as(jar.text("err")).isZero();
        jar.start();
        jar.awaitTrades(1);

        assertThat(jar.get("/sources").statusCode()).isEqualTo(200);
        assertThat(jar.get("/replay").statusCode()).isIn(200, 404, 409);
        assertThat(jar.route("api-control")).doesNotExist();
        jar.stop();
    }
}
