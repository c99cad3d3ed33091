package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application without any setting: local exchange, connector, shipped routes, HTTP. */
@ExtendWith(JarExtension.class)
class LifecycleIT {

    @Test
    void startsServesSyntheticDataAndStops(Jar jar) throws Exception {
        JvmOptions.application(); // made by the first test that needs them
        long began = System.nanoTime();
        jar.start();

        JsonNode health = jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        JsonNode connector = health.path("connector");
        assertThat(connector.path("connected").asBoolean()).isTrue();
        assertThat(connector.path("synthetic").asBoolean()).isTrue();
        assertThat(connector.path("state").asText()).isEqualTo("synthetic");
        assertThat(connector.path("source").asText()).isEqualTo("simulator");
        assertThat(connector.path("reconnection_attempts").asInt()).isZero();
        assertThat(connector.path("queue_size").isInt()).isTrue();
        assertThat(connector.path("reasons")).isEmpty();
        JsonNode process = connector.path("connector_health");
        assertThat(process.path("process_alive").asBoolean()).isTrue();
        assertThat(process.path("error_count").asInt()).isZero();
        assertThat(process.path("starts").asInt()).isOne();
        assertThat(jar.child().isAlive()).isTrue();
        assertThat(health.at("/subscriptions"))
                .hasSize(2)
                .allSatisfy(s -> assertThat(s.path("state").asText()).isEqualTo("confirmed"));
        assertThat(health.at("/symbols/BTCUSDT/book").asText()).isEqualTo("synced");
        assertThat(health.at("/dead_letters/total").asInt()).isZero();

        OffsetDateTime first = OffsetDateTime.parse(connector.path("last_ts").asText());
        assertThat(first)
                .isBetween(
                        OffsetDateTime.now().minusMinutes(1),
                        OffsetDateTime.now().plusMinutes(1));
        jar.awaitHealth(
                "a last_ts that moves",
                h -> OffsetDateTime.parse(h.at("/connector/last_ts").asText()).isAfter(first));

        jar.awaitTrades(3);
        rates(jar.json("/ws/metrics"));
        probes(jar);
        series(jar.get("/observe/metrics").body());
        market(jar);
        withoutBackfill(jar);

        jar.stop();
    }

    private static void withoutBackfill(Jar jar) {
        assertThat(jar.log("Backfill: skipped \\(using simulator for live data\\)"))
                .hasSize(1);
        assertThat(jar.json("/backfill/status").at("/progress/status").asText()).isEqualTo("skipped");
        JsonNode levels = jar.json("/levels");
        assertThat(levels.at("/PDH").isNull()).isTrue();
        assertThat(levels.at("/approximate/today").asBoolean()).isFalse();
        Jar.soon().until(() -> jar.json("/debug/exchangeinfo").at("/tick_size").isTextual());
    }

    private static void rates(JsonNode metrics) {
        for (String channel : List.of("trades", "depth")) {
            JsonNode rate = metrics.path(channel);
            assertThat(rate.path("per_minute_count").isIntegralNumber()).isTrue();
            assertThat(rate.path("per_minute_count").asLong()).isPositive();
            assertThat(rate.path("per_second_rate").asDouble()).isPositive();
            assertThat(rate.path("queue_size").isIntegralNumber()).isTrue();
        }
    }

    private static void probes(Jar jar) {
        assertThat(jar.get("/live").statusCode()).isEqualTo(200);
        assertThat(jar.get("/health").statusCode()).isEqualTo(200);
        assertThat(jar.get("/observe/health/live").statusCode()).isEqualTo(200);
        Jar.soon().until(() -> jar.get("/ready").statusCode() == 200);
        Jar.soon().until(() -> jar.get("/observe/health").statusCode() == 200);
        Jar.soon().until(() -> jar.get("/observe/health/ready").statusCode() == 200);
        assertThat(jar.json("/observe/health").path("checks").findValuesAsText("name"))
                .contains("feed", "context");
        assertThat(jar.get("/no/such/page").statusCode()).isEqualTo(404);
    }

    private static void series(String metrics) {
        assertThat(metrics)
                .containsPattern("livefeed_events_total\\{category=\"linear\",symbol=\"BTCUSDT\",type=\"trade\","
                        + "venue=\"bybit\"} [1-9]")
                .containsPattern("livefeed_events_total\\{category=\"linear\",symbol=\"BTCUSDT\",type=\"depth\","
                        + "venue=\"bybit\"} [1-9]")
                .containsPattern("livefeed_exchange_lag_seconds_bucket\\{le=\"\\+Inf\"} [1-9]")
                .containsPattern("livefeed_path_lag_seconds_count [1-9]")
                .contains("livefeed_connector_restarts_total 0.0")
                .contains("livefeed_connector_retries_total 0.0")
                .contains("livefeed_book_gaps_total 0.0")
                .contains("livefeed_book_resyncs_total 0.0")
                .contains("livefeed_connected 1.0")
                .contains("livefeed_synthetic 1.0")
                .containsPattern("livefeed_queue \\d")
                .contains("jvm_memory_used_bytes");
    }

    private static void market(Jar jar) {
        JsonNode book = jar.json("/book?levels=3");
        assertThat(book.path("synthetic").asBoolean()).isTrue();
        assertThat(book.path("bids")).hasSize(3);
        assertThat(book.path("asks")).hasSize(3);
        assertThat(book.at("/bids/0/0").decimalValue()).isNotNull();
        assertThat(new java.math.BigDecimal(book.at("/bids/0/0").asText()))
                .isLessThan(new java.math.BigDecimal(book.at("/asks/0/0").asText()));
        assertThat(jar.json("/price").path("price").asText()).matches("\\d+(\\.\\d+)?");
        assertThat(jar.get("/book?levels=0").statusCode()).isEqualTo(400);
        assertThat(jar.get("/book?levels=many").statusCode()).isEqualTo(400);
        assertThat(jar.get("/price?symbol=%20").statusCode()).isEqualTo(400);
        assertThat(jar.get("/price?symbol=NOPE").statusCode()).isEqualTo(404);
    }

    @Test
    void invalidFlagIsReadAsItsDefaultAndAKilledConnectorIsReplacedWithinTwoSeconds(Jar jar) throws Exception {
        jar.with("BYBIT_CONNECTOR_TESTNET", "maybe").with("SYMBOL", "").start();
        JsonNode health = jar.awaitState("synthetic");
        assertThat(jar.log().get(0))
                .startsWith("warning: BYBIT_CONNECTOR_TESTNET is \"maybe\", which is no boolean; false is used");
        assertThat(health.at("/subscriptions/0/symbol").asText()).isEqualTo("BTCUSDT");
        ProcessHandle first = jar.child();
        long killed = System.nanoTime();
        first.destroyForcibly();

        jar.awaitHealth("another pid", h -> {
            long pid = h.at("/connector/connector_health/pid").asLong(first.pid());
            return pid > 0 && pid != first.pid();
        });

        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(2));
        JsonNode process = jar.process();
        assertThat(process.path("retries").asInt()).isOne();
        assertThat(process.path("error_count").asInt()).isOne();
        assertThat(process.path("last_exit_status").asInt()).isEqualTo(137);
        assertThat(jar.health().at("/connector/reconnection_attempts").asInt()).isOne();
        jar.awaitState("synthetic");
        jar.awaitHealth(
                "a synced book", h -> h.at("/symbols/BTCUSDT/book").asText().equals("synced"));
        assertThat(jar.log("connector_retry attempt=1 ")).hasSize(1);
        jar.stop();
    }

    /** The simulator is on this machine: the proxy is not used. */
    @Test
    void severalSymbolsAreServedWhateverTheProxy(Jar jar) throws Exception {
        jar.with("SYMBOL", "ETHUSDT, btcusdt")
                .with("BYBIT_PROXY", "127.0.0.1:1")
                .start();

        JsonNode health = jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
        assertThat(health.at("/connector/state").asText()).isEqualTo("synthetic");

        assertThat(health.path("subscriptions").findValuesAsText("symbol"))
                .containsExactly("ETHUSDT", "ETHUSDT", "BTCUSDT", "BTCUSDT");
        Jar.soon().untilAsserted(() -> assertThat(jar.health().path("symbols").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("ETHUSDT", "BTCUSDT"));
        assertThat(jar.json("/price").path("symbol").asText()).isEqualTo("ETHUSDT");
        jar.stop();
    }

    @Test
    void stubIsMarkedSyntheticAndHasNoHistory(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "hft_connector")
                .with("CONTEXT_BACKFILL", "levels")
                .start();

        JsonNode health = jar.awaitState("synthetic");

        assertThat(health.at("/connector/source").asText()).isEqualTo("hft_connector");
        assertThat(health.at("/connector/connected").asBoolean()).isTrue();
        jar.awaitTrades(1);
        jar.awaitLog("Backfill: skipped \\(using hft_connector for live data\\): the connector stub has no history");
        jar.stop();
    }
}
