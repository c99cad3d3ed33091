package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connector that runs without working is replaced; one with a quiet market is not. */
@ExtendWith(JarExtension.class)
class WatchdogIT {

    private static final String STALE = "bybit_connector_stale_connection_detected";

    @BeforeEach
    void shortTimes(Jar jar) {
        jar.with("CONNECTOR_BACKOFF_INITIAL", "50ms")
                .with("CONNECTOR_BACKOFF_MAX", "100ms")
                .with("CONNECTOR_WATCHDOG_GRACE", "0s")
                .with("CONNECTOR_STOP_WAIT", "200ms")
                .with("CONNECTOR_STOP_KILL", "300ms");
    }

    /** Each start fails in another way. */
    @Test
    void connectorThatDoesNotWorkIsReplaced(Jar jar) throws Exception {
        List<String> reasons = List.of(
                "no market data within 1.0 s of its start",
                "no line for 1\\.\\d s from a connector that sends no heartbeats \\(limit 1.0 s\\)",
                "the exchange has been lost for 1\\.\\d s \\(limit 1.0 s\\)",
                "no market data within 1.0 s of its start, and no subscription confirmed",
                "no line for 3\\.\\d s from a connector that sends heartbeats",
                "no line for 1\\.\\d s from a connector that sends no heartbeats");
        jar.scripts(
                        "idle",
                        "status connected; trade 1; idle",
                        "status connected; trade 1; status disconnected; while :; do status heartbeat; sleep 0.2; done",
                        """
                        status connected
                        printf '{"error":"no such symbol","id":"sub-1"}\\n{"error":"no such symbol","id":"sub-2"}\\n'
                        while :; do status heartbeat; sleep 0.2; done
                        """,
                        "status connected; status heartbeat; trade 1; idle",
                        "status connected; trade 1; kill -STOP $$")
                .with("CONNECTOR_START_DEADLINE", "1s")
                .with("CONNECTOR_WATCHDOG_DATA", "1s")
                .with("CONNECTOR_WATCHDOG_SILENCE", "3s")
                .with("CONNECTOR_RETRIES", reasons.size())
                .start();

        for (int i = 1; i <= reasons.size(); i++) {
            int start = i + 1;
            jar.awaitHealth(
                    "start " + start,
                    h -> h.at("/connector/connector_health/starts").asInt() >= start);
            jar.awaitLog("bybit_connector_process_died attempt=" + i + " reason=\"was replaced: " + reasons.get(i - 1));
            assertThat(jar.log(STALE)).as("replaced").hasSizeBetween(i, start);
            assertThat(jar.log(STALE).get(i - 1)).containsPattern(reasons.get(i - 1));
            assertThat(jar.living())
                    .as("the application, one connector and what that runs")
                    .hasSizeLessThanOrEqualTo(3);
        }
    }

    /** The first start has sent a trade, the second has its subscriptions confirmed only. */
    @Test
    void quietMarketIsReportedAndTheConnectorKept(Jar jar) throws Exception {
        jar.scripts(
                        "status connected; trade 1; while :; do status heartbeat; sleep 0.2; done",
                        """
                        status connected
                        printf '{"status":"subscribed","channel":"trades","symbol":"BTCUSDT","id":"sub-1"}\\n'
                        printf '{"error":"no such book","id":"sub-2"}\\n'
                        while :; do status heartbeat; sleep 0.2; done
                        """)
                .with("CONNECTOR_START_DEADLINE", "1s")
                .with("CONNECTOR_WATCHDOG_DATA", "1s")
                .with("CONNECTOR_WATCHDOG_SILENCE", "3s")
                .with("HEALTH_FRESH", "500ms")
                .start();
        assertStaysStale(jar, 1);

        jar.child().destroyForcibly();
        jar.awaitHealth(
                "a second start",
                h -> h.at("/connector/connector_health/starts").asInt() == 2
                        && h.at("/connector/connected").asBoolean());

        assertStaysStale(jar, 2);
    }

    private static void assertStaysStale(Jar jar, int starts) {
        jar.awaitState("stale");
        JsonNode health =
                jar.awaitHealth("not ready", h -> !h.at("/connector/ready").asBoolean());
        assertThat(health.at("/connector/state").asText()).isEqualTo("stale");
        assertThat(health.at("/connector/connected").asBoolean()).isTrue();
        assertThat(health.at("/connector/reasons").toString())
                .contains("no market data for ", "the connector and its connection are healthy");
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);
        assertThat(jar.get("/live").statusCode()).isEqualTo(200);
        Jar.soon()
                .during(Duration.ofSeconds(3))
                .until(() -> jar.process().path("starts").asInt() == starts);
        assertThat(jar.log(STALE)).isEmpty();
        assertThat(jar.process().path("process_failures").asInt()).isEqualTo(starts - 1);
    }

    @Test
    void quietConnectorWithoutHeartbeatsIsKeptAndADisconnectIsReportedAtOnce(Jar jar) throws Exception {
        jar.script(
                        """
                        status connected; trade 1
                        while [ ! -f lose ]; do sleep 0.1; done
                        echo '{"type":"status","status":"disconnected","reason":"the socket broke"}'
                        while [ ! -f find ]; do sleep 0.1; done
                        status connected; while :; do trade 2; sleep 0.1; done
                        """)
                .with("CONNECTOR_WATCHDOG_SILENCE", "300ms")
                .with("HEALTH_FRESH", "1s")
                .start();

        jar.awaitState("stale");
        JsonNode health =
                jar.awaitHealth("not ready", h -> !h.at("/connector/ready").asBoolean());
        assertThat(health.at("/connector/connected").asBoolean()).isTrue();
        assertThat(health.at("/connector/fresh").asBoolean()).isFalse();
        assertThat(health.at("/connector/reasons/0").asText()).contains("s old");
        Jar.soon()
                .during(Duration.ofSeconds(1))
                .until(() -> jar.process().path("starts").asInt() == 1);
        assertThat(jar.log(STALE)).isEmpty();

        jar.write("lose", "");
        health = jar.awaitState("disconnected");
        assertThat(health.at("/connector/connected").asBoolean()).isFalse();
        assertThat(health.at("/connector/reasons/0").asText()).contains("the socket broke");
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);

        jar.write("find", "");
        jar.awaitTrades(2);
        jar.awaitState("live");
        assertThat(jar.process().path("starts").asInt()).isOne();
        assertThat(jar.process().path("exchange_disconnects").asInt()).isOne();
    }
}
