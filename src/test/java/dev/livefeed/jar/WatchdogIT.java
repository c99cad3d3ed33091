package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
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

    @Test
    void noDataWithinTheDeadline(Jar jar) throws Exception {
        jar.script("idle").with("CONNECTOR_START_DEADLINE", "1s").start();

        assertReplaced(jar, "no market data within 1.0 s of its start");
    }

    @Test
    void silentConnectorWithoutHeartbeats(Jar jar) throws Exception {
        jar.script("status connected; trade 1; idle")
                .with("CONNECTOR_WATCHDOG_DATA", "1s")
                .start();

        assertReplaced(jar, "no line for 1\\.\\d s from a connector that sends no heartbeats \\(limit 1.0 s\\)");
    }

    @Test
    void exchangeStaysDisconnected(Jar jar) throws Exception {
        jar.script("status connected; trade 1; status disconnected; while :; do status heartbeat; sleep 0.2; done")
                .with("CONNECTOR_WATCHDOG_DATA", "1s")
                .start();

        assertReplaced(jar, "the exchange has been lost for 1\\.\\d s \\(limit 1.0 s\\)");
    }

    @Test
    void quietMarketIsReportedAndTheConnectorKept(Jar jar) throws Exception {
        jar.script("status connected; trade 1; while :; do status heartbeat; sleep 0.2; done")
                .with("CONNECTOR_WATCHDOG_DATA", "1s")
                .with("CONNECTOR_WATCHDOG_SILENCE", "3s")
                .with("HEALTH_FRESH", "500ms")
                .start();

        assertStaysStale(jar);
    }

    @Test
    void confirmedSubscriptionsWithoutTradesAreASuccessfulStart(Jar jar) throws Exception {
        jar.script(
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

        assertStaysStale(jar);
    }

    @Test
    void rejectedSubscriptionsAreNotASuccessfulStart(Jar jar) throws Exception {
        jar.script(
                        """
                        status connected
                        printf '{"error":"no such symbol","id":"sub-1"}\\n{"error":"no such symbol","id":"sub-2"}\\n'
                        while :; do status heartbeat; sleep 0.2; done
                        """)
                .with("CONNECTOR_START_DEADLINE", "1s")
                .start();

        assertReplaced(jar, "no market data within 1.0 s of its start, and no subscription confirmed");
    }

    private static void assertStaysStale(Jar jar) {
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
                .until(() -> jar.process().path("starts").asInt() == 1);
        assertThat(jar.log(STALE)).isEmpty();
        assertThat(jar.process().path("process_failures").asInt()).isZero();
    }

    @Test
    void missingHeartbeats(Jar jar) throws Exception {
        jar.script("status connected; status heartbeat; trade 1; idle")
                .with("CONNECTOR_WATCHDOG_SILENCE", "1s")
                .start();

        assertReplaced(jar, "no line for 1\\.\\d s from a connector that sends heartbeats");
    }

    @Test
    void suspendedProcess(Jar jar) throws Exception {
        jar.script("status connected; trade 1; kill -STOP $$")
                .with("CONNECTOR_WATCHDOG_DATA", "1s")
                .start();

        assertReplaced(jar, "no line for 1\\.\\d s from a connector that sends no heartbeats");
    }

    @Test
    void quietConnectorWithoutHeartbeatsIsKept(Jar jar) throws Exception {
        jar.script("status connected; trade 1; idle")
                .with("CONNECTOR_WATCHDOG_SILENCE", "300ms")
                .with("HEALTH_FRESH", "300ms")
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
    }

    @Test
    void disconnectIsReportedAtOnce(Jar jar) throws Exception {
        jar.script(
                        """
                        status connected; trade 1
                        while [ ! -f lose ]; do sleep 0.1; done
                        echo '{"type":"status","status":"disconnected","reason":"the socket broke"}'
                        while [ ! -f find ]; do sleep 0.1; done
                        status connected; trade 2; idle
                        """)
                .start();
        jar.awaitState("live");
        jar.write("lose", "");

        JsonNode health = jar.awaitState("disconnected");

        assertThat(health.at("/connector/connected").asBoolean()).isFalse();
        assertThat(health.at("/connector/reasons/0").asText()).contains("the socket broke");
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);
        jar.write("find", "");
        jar.awaitTrades(2);
        jar.awaitState("live");
        assertThat(jar.process().path("starts").asInt()).isOne();
        assertThat(jar.process().path("exchange_disconnects").asInt()).isOne();
    }

    private static void assertReplaced(Jar jar, String reason) {
        jar.awaitHealth(
                "a second start",
                h -> h.at("/connector/connector_health/starts").asInt() >= 2);
        jar.awaitLog(STALE + ".*" + reason);
        jar.awaitLog("bybit_connector_process_died attempt=1 reason=\"was replaced: " + reason);
        assertThat(jar.living())
                .as("the application, one connector and what that runs")
                .hasSizeLessThanOrEqualTo(3);
    }
}
