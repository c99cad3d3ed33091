package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Announced maintenance in health, from the alarm before it to its end, with an outage in between. */
@ExtendWith(JarExtension.class)
@Tag("drill")
class MaintenanceIT {

    private int exchange;

    @Test
    void anOutageDuringMaintenanceIsExplainedAndTheConnectorKept(Jar jar) throws Exception {
        exchange = Jar.freePort();
        jar.with("SIMULATOR_PORT", exchange)
                .with("CONNECTOR_CHANNELS", "trades,depth,system")
                .with("CONNECTOR_WATCHDOG_GRACE", "0s")
                .with("CONNECTOR_WATCHDOG_DATA", "1s")
                .start();
        jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
        assertThat(jar.health().at("/connector/maintenance").isEmpty()).isTrue();

        control("POST", "/control/maintenance?in_ms=5000&for_ms=3600000&title=Upgrade&products=1");
        JsonNode announced = jar.awaitHealth(
                "the announcement", h -> h.at("/connector/maintenance").size() == 1);
        assertThat(announced.at("/connector/maintenance/0/title").asText()).isEqualTo("Upgrade");
        jar.awaitHealth(
                "the alarm before it",
                h -> h.at("/connector/alarms").toString().contains("the exchange has announced maintenance"));

        JsonNode begun = jar.awaitHealth(
                "its begin", h -> h.at("/connector/maintenance/0/ongoing").asBoolean());
        assertThat(begun.at("/connector/state").asText()).as("data still flows").isEqualTo("synthetic");
        assertThat(begun.at("/connector/alarms").toString()).contains("the exchange is under maintenance");

        control("POST", "/control/fault?kind=handshake&topic=/v5/public/linear&status=503&count=100000");
        control("POST", "/control/fault?kind=drop&category=linear&topic=publicTrade.BTCUSDT");
        JsonNode lost = jar.awaitState("maintenance");
        assertThat(lost.at("/connector/ready").asBoolean()).isFalse();
        assertThat(lost.at("/connector/reasons").toString())
                .contains("the exchange is under maintenance")
                .contains("lost the exchange");
        assertThat(jar.get("/observe/metrics").body()).contains("livefeed_maintenance 1.0");
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(20)).until(() -> {
            JsonNode now = jar.health();
            return now.at("/connector/state").asText().equals("maintenance")
                    && now.at("/connector/connector_health/starts").asInt() == 1;
        });

        control("DELETE", "/control/faults");
        jar.awaitHealth("ready again", h -> h.at("/connector/ready").asBoolean());
        control("DELETE", "/control/maintenance");
        JsonNode over = jar.awaitHealth(
                "the end",
                h -> h.at("/connector/maintenance").isEmpty()
                        && !h.at("/connector/alarms").toString().contains("maintenance"));
        assertThat(over.at("/connector/connector_health/starts").asInt()).isOne();
        assertThat(over.at("/dead_letters/total").asInt()).isZero();
        assertThat(jar.log("exchange_maintenance .*state=scheduled")).hasSize(1);
        assertThat(jar.log("exchange_maintenance .*state=ongoing")).hasSize(1);
        assertThat(jar.log("exchange_maintenance .*state=completed")).hasSize(1);
        jar.stop();
    }

    private void control(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exchange + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    }
}
