package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The meaning of the exit status of a connector. */
@ExtendWith(JarExtension.class)
class ExitIT {

    private static final String DIED = "bybit_connector_process_died";
    private static final String EXHAUSTED = "connector_connection_exhausted";

    @BeforeEach
    void shortTimes(Jar jar) {
        jar.with("CONNECTOR_BACKOFF_INITIAL", "50ms").with("CONNECTOR_BACKOFF_MAX", "100ms");
    }

    /** Each round of six starts ends in another way. */
    @Test
    void failuresAreRetriedUntilTheRoundIsUsedUp(Jar jar) throws Exception {
        List<String> starts = new ArrayList<>();
        for (String start : List.of("exit 1", "status connected; exit 0", "status connected; trade 1; exit 0")) {
            starts.addAll(Collections.nCopies(6, start));
        }
        starts.add("exit 2");
        jar.scripts(starts.toArray(String[]::new))
                .with("CONNECTOR_WHEN_DONE", "restart")
                .with("CONNECTOR_COOLDOWN", "1s")
                .start();

        jar.awaitLog(EXHAUSTED, 4);

        List<String> ends = jar.log(DIED + '|' + EXHAUSTED);
        for (int round = 1; round <= 4; round++) {
            assertThat(ends.subList(7 * round - 7, 7 * round - 1)).allMatch(line -> line.contains(DIED));
        }
        assertThat(ends.get(6)).contains(EXHAUSTED + " round=1 ", "exit status 1");
        assertThat(ends.get(13)).contains(EXHAUSTED + " round=2 ", "exit status 0");
        assertThat(ends.get(20)).contains(EXHAUSTED + " round=3 ", "exit status 0");
        assertThat(ends.get(27)).contains(EXHAUSTED + " round=4 ", "exit status 2");
        assertThat(Jar.trades(jar.health())).isEqualTo(6);
        jar.awaitHealth(
                "the reason of a later round",
                h -> h.at("/connector/state").asText().equals("exhausted")
                        && h.at("/connector/reasons/0").asText().contains("exit status 2"));
        assertThat(jar.log("connector_finished")).isEmpty();
    }

    @Test
    void misconfiguredConnectorIsRestartedOnlyAfterAChangeAndMayEndTheFeed(Jar jar) throws Exception {
        jar.write("conf.json", "{}");
        jar.script(
                        """
                        case $(cat conf.json) in
                        '{}') echo 'depth 7 is no depth' >&2; exit 64 ;;
                        *again*) echo 'depth 8 is no depth' >&2; exit 78 ;;
                        esac
                        status connected; trade 1; until [ -e enough ]; do sleep 0.1; done; trade 2; exit 0
                        """)
                .with("BYBIT_CONNECTOR_CONFIG_FILE", "conf.json")
                .start();

        assertMisconfigured(jar, 1, 64, "depth 7 is no depth");
        jar.write("conf.json", "{\"again\":true}");
        jar.awaitHealth(
                "a second start",
                h -> h.at("/connector/connector_health/starts").asInt() == 2);
        assertMisconfigured(jar, 2, 78, "depth 8 is no depth");

        jar.write("conf.json", "{\"good\":true}");
        JsonNode health = jar.awaitState("live");
        assertThat(health.at("/connector/connector_health/starts").asInt()).isEqualTo(3);

        jar.write("enough", "");
        health = jar.awaitState("finished");
        assertThat(health.at("/connector/connected").asBoolean()).isFalse();
        assertThat(Jar.trades(health)).isEqualTo(2);
        assertThat(jar.log("connector_finished")).hasSize(1);
        assertNoFurtherStart(jar, 3);
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);
        jar.stop();
    }

    private static void assertMisconfigured(Jar jar, int start, int status, String reason) {
        JsonNode health = jar.awaitHealth(
                "misconfigured by " + status,
                h -> h.at("/connector/state").asText().equals("misconfigured")
                        && h.at("/connector/connector_health/last_exit_status").asInt() == status);
        assertThat(health.at("/connector/connected").asBoolean()).isFalse();
        assertThat(health.at("/connector/reasons/0").asText()).contains("exit status " + status, reason);
        assertThat(jar.log("bybit_connector_misconfigured")).hasSize(start);
        assertNoFurtherStart(jar, start);
    }

    private static void assertNoFurtherStart(Jar jar, int starts) {
        Jar.soon()
                .during(Duration.ofMillis(800))
                .until(() -> jar.process().path("starts").asInt() == starts);
    }
}
