package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of the exit status of a connector. */
@ExtendWith(JarExtension.class)
class ExitIT {

    @BeforeEach
    void shortTimes(Jar jar) {
        jar.with("CONNECTOR_BACKOFF_INITIAL", "50ms")
                .with("CONNECTOR_BACKOFF_MAX", "100ms")
                .with("CONNECTOR_COOLDOWN", "60s");
    }

    @Test
    void zeroAfterDataEndsTheFeed(Jar jar) throws Exception {
        jar.script("status connected; trade 1; trade 2; exit 0").start();

        JsonNode health = jar.awaitState("finished");

        assertThat(health.at("/connector/connected").asBoolean()).isFalse();
        assertThat(Jar.trades(health)).isEqualTo(2);
        assertThat(jar.log("connector_finished")).hasSize(1);
        assertNoFurtherStart(jar, 1);
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);
        jar.stop();
    }

    @Test
    void zeroAfterDataIsAFailureIfTheFeedMustNotEnd(Jar jar) throws Exception {
        jar.script("status connected; trade 1; exit 0")
                .with("CONNECTOR_WHEN_DONE", "restart")
                .start();

        JsonNode health = jar.awaitState("exhausted");

        assertThat(health.at("/connector/connector_health/starts").asInt()).isEqualTo(6);
        assertThat(Jar.trades(health)).isEqualTo(6);
    }

    @Test
    void zeroBeforeAnyDataIsAFailure(Jar jar) throws Exception {
        jar.script("status connected; exit 0").start();

        JsonNode health = jar.awaitState("exhausted");

        assertThat(health.at("/connector/connector_health/starts").asInt()).isEqualTo(6);
        assertThat(health.at("/connector/reasons/0").asText()).contains("exit status 0");
    }

    @Test
    void exitBeforeAnyOutputIsAFailure(Jar jar) throws Exception {
        jar.script("exit 1").start();

        assertThat(jar.awaitState("exhausted").at("/connector/reasons/0").asText())
                .contains("exit status 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 78})
    void misconfiguredConnectorIsRestartedOnlyAfterAChange(int status, Jar jar) throws Exception {
        jar.write("conf.json", "{}");
        jar.script("if grep -q good conf.json; then status connected; trade 1; idle; fi\n"
                        + "echo 'depth 7 is no depth' >&2; exit " + status)
                .with("BYBIT_CONNECTOR_CONFIG_FILE", "conf.json")
                .start();

        JsonNode health = jar.awaitState("misconfigured");

        assertThat(health.at("/connector/connected").asBoolean()).isFalse();
        assertThat(health.at("/connector/connector_health/last_exit_status").asInt())
                .isEqualTo(status);
        assertThat(health.at("/connector/reasons/0").asText()).contains("exit status " + status, "depth 7 is no depth");
        assertThat(jar.log("bybit_connector_misconfigured")).hasSize(1);
        assertNoFurtherStart(jar, 1);

        jar.write("conf.json", "{\"good\":true}");
        health = jar.awaitState("live");
        assertThat(health.at("/connector/connector_health/starts").asInt()).isEqualTo(2);
        jar.stop();
    }

    private static void assertNoFurtherStart(Jar jar, int starts) {
        Jar.soon()
                .during(Duration.ofMillis(800))
                .until(() -> jar.process().path("starts").asInt() == starts);
    }
}
