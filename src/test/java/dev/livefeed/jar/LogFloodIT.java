package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** During a flood the log stays small and reports suppressed lines, and the feed continues. */
@Tag("drill")
@ExtendWith(JarExtension.class)
class LogFloodIT {

    private static final long BOUND = 400_000;

    @Test
    void stderr(Jar jar) throws Exception {
        jar.script("(while :; do echo y; done) >&2 & (n=0; while :; do n=$((n+1)); echo line $n; done) >&2 &"
                        + " status connected; n=0; while sleep 0.1; do n=$((n+1)); trade $n; done")
                .start();

        jar.awaitTrades(20);
        JsonNode health = awaitLeftOut(jar, "stderr", 20_000);

        assertThat(jar.log("connector_stderr_left_out count=[1-9]")).isNotEmpty();
        assertBounded(jar, "stderr");
        assertThat(health.at("/connector/connector_health/stderr")).hasSize(20);
        long shown = newest(health);
        Jar.soon().until(() -> newest(jar.health()) > shown);
        jar.stop();
    }

    private static long newest(JsonNode health) {
        long newest = 0;
        for (JsonNode line : health.at("/connector/connector_health/stderr")) {
            String number = line.asText().replaceAll("\\D", "");
            newest = number.isEmpty() ? newest : Long.parseLong(number);
        }
        return newest;
    }

    @Test
    void differingStatusesAndErrors(Jar jar) throws Exception {
        jar.script(
                        """
                        status connected; trade 1
                        n=0
                        while [ $n -lt 6000 ]; do
                          n=$((n+1))
                          echo "{\\"type\\":\\"status\\",\\"status\\":\\"odd\\",\\"reason\\":\\"r $n\\"}"
                          echo "{\\"type\\":\\"error\\",\\"error\\":\\"e $n\\"}"
                        done
                        trade 2
                        status disconnected
                        exec sleep 600
                        """)
                .start();

        jar.awaitTrades(2);
        awaitLeftOut(jar, "status", 3_000);
        awaitLeftOut(jar, "error", 3_000);

        jar.awaitLog("connector_disconnected");
        jar.awaitLog("connector_status_left_out count=[1-9]"); // reported a second after it begins
        jar.awaitLog("connector_error_left_out count=[1-9]");
        assertBounded(jar, "status");
        jar.stop();
    }

    @Test
    void stepsThatLogOrFailForEachEvent(Jar jar) throws Exception {
        jar.ownRoutes();
        jar.write(
                "routes/sink.camel.yaml",
                """
                - route:
                    id: sink
                    from:
                      uri: seda:sink
                      steps:
                        - log: "${body}"
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: the database is down
                """);
        String trades = Files.readString(jar.route("trades"));
        jar.write(
                "routes/trades.camel.yaml", trades.stripTrailing() + "\n        - to: seda:sink?blockWhenFull=true\n");
        jar.script(
                        """
                        status connected
                        awk -v at="$(date +%s)" 'BEGIN { for (n = 1; n <= 3000; n++) printf("{\\"type\\":\\"trade\\",\
                        \\"timestamp\\":%s000,\
                        \\"price\\":\\"100\\",\\"qty\\":\\"1\\",\\"side\\":\\"buy\\",\\"id\\":%d}\\n", at, n) }'
                        exec sleep 600
                        """)
                .with("HEALTH_LOG_INTERVAL", "2s") // a report is written with the next line
                .start();

        jar.awaitTrades(3_000);
        awaitLeftOut(jar, "line", 1_000);

        Jar.soon().until(() -> !jar.log("log_left_out count=[1-9].*logger=sink level=INFO")
                .isEmpty());
        assertThat(jar.log("^\\s+at ").size()).as("lines of stack traces").isBetween(1, 500);
        assertThat(jar.log("the database is down")).isNotEmpty();
        assertBounded(jar, "line");
        jar.stop();
        assertThat(jar.log("bybit_connector_runner_stopped")).hasSize(1);
    }

    private static JsonNode awaitLeftOut(Jar jar, String kind, int least) {
        return jar.awaitHealth(
                kind + " left out",
                h -> h.at("/application/log/left_out/" + kind).asLong() >= least);
    }

    private static void assertBounded(Jar jar, String kind) {
        assertThat(jar.text("err").length()).as("bytes of log").isLessThan((int) BOUND);
        assertThat(jar.get("/observe/metrics").body())
                .containsPattern("livefeed_log_suppressed_total\\{kind=\"" + kind + "\"} [1-9]")
                .contains("livefeed_log_suppressed_total{kind=\"stack_trace\"} ");
    }
}
