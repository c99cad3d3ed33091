package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connectors.ObedientConnector;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When {@code /ready} is 200: READY_WHEN, slow instruments, and no flapping. */
@ExtendWith(JarExtension.class)
class ReadinessIT {

    @Test
    void instrumentSlowerThanTheLimitDoesNotFlap(Jar jar) throws Exception {
        jar.script(
                        """
                        status connected
                        i=0
                        while :; do
                            i=$((i + 1)); trade $i
                            for beat in 1 2 3 4 5 6 7 8 9 10; do status heartbeat; sleep 0.2; done
                        done
                        """)
                .with("HEALTH_FRESH", "1s")
                .with("UNREADY_AFTER", "3s")
                .with("CONNECTOR_CHANNELS", "trades")
                .start();
        jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());

        Jar.soon().during(Duration.ofSeconds(9)).until(() -> jar.get("/ready").statusCode() == 200);

        assertThat(jar.health().at("/connector/fresh").asBoolean())
                .as("judged by its own interval")
                .isTrue();
        assertThat(jar.process().path("starts").asInt()).isOne();
    }

    @Test
    void refusedSymbolDoesNotBlockAShare(Jar jar) throws Exception {
        jar.connector(ObedientConnector.class, "depth ETH")
                .with("SYMBOL", "BTCUSDT,ETHUSDT")
                .with("READY_WHEN", "50%")
                .start();

        JsonNode health = jar.awaitHealth("a refusal", h -> h.path("subscriptions").findValuesAsText("state").stream()
                .anyMatch(state -> state.equals("refused")));
        jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());

        JsonNode ready = jar.json("/ready");
        assertThat(ready.path("status").asText()).isEqualTo("UP");
        assertThat(ready.path("reasons")).isEmpty();
        assertThat(ready.at("/readiness/when").asText()).isEqualTo("50%");
        assertThat(ready.at("/readiness/wanted").asInt()).isEqualTo(2);
        assertThat(ready.at("/readiness/ready").asInt()).isOne();
        assertThat(ready.at("/readiness/not_ready/0/instrument").asText()).isEqualTo("ETHUSDT");
        assertThat(ready.at("/readiness/not_ready/0/reasons").toString())
                .contains("depth of ETHUSDT refused: ETHUSDT is not listed");
        assertThat(health.at("/connector/readiness/wanted").asInt()).isEqualTo(2);
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_ready 1.0", "livefeed_instruments_wanted 2.0", "livefeed_instruments_ready 1.0");
    }
}
