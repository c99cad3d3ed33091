package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What follows when a connector has used up its starts, by the setting. */
@ExtendWith(JarExtension.class)
class FallbackIT {

    /** Works until the file {@code broken} is there, and then cannot be started. */
    private static final String BREAKABLE =
            """
            [ -f broken ] && { echo 'no route to the exchange' >&2; exit 3; }
            status connected
            n=0
            while [ ! -f broken ]; do n=$((n + 1)); trade $n; sleep 0.05; done
            exit 3
            """;

    private static final String COUNTING =
            "status connected; n=0; while :; do n=$((n + 1)); trade $n 201; sleep 0.05; done";

    private static Jar two(Jar jar) throws Exception {
        return jar.script(BREAKABLE, "BYBIT")
                .script(COUNTING, "BINANCE")
                .with("DATA_SOURCE", "bybit_connector,binance_ws")
                .with("CONNECTOR_CHANNELS", "trades")
                .with("CONNECTOR_RETRIES", 1)
                .with("CONNECTOR_BACKOFF_INITIAL", "20ms")
                .with("CONNECTOR_COOLDOWN", "1s")
                .with("CONNECTOR_FALLBACK", "switch")
                .with("CONNECTOR_FALLBACK_STABLE", "3s")
                .with("READY_AFTER", "0s")
                .with("UNREADY_AFTER", "0s");
    }

    private static void await(StreamSocket stream, String... parts) {
        Jar.soon().untilAsserted(() -> assertThat(stream.messages())
                .extracting(JsonNode::toString)
                .anyMatch(message -> List.of(parts).stream().allMatch(message::contains)));
    }

    private static String used(JsonNode health) {
        return health.at("/overall/standby/used").asText();
    }

    @Test
    void theStandbyRunsOnlyWhileTheMainSourceCannotBeHad(Jar jar) throws Exception {
        two(jar).start();
        JsonNode health = jar.awaitHealth(
                "the main source alone", h -> h.at("/overall/ready").asBoolean());
        assertThat(used(health)).isEqualTo("bybit");
        assertThat(health.at("/overall/state").asText()).isEqualTo("live");
        assertThat(health.at("/overall/readiness/wanted").asInt()).isOne();
        assertThat(health.at("/connectors/binance/state").asText()).isEqualTo("paused");
        assertThat(health.at("/connectors/binance/connector_health/starts").asInt())
                .isZero();
        assertThat(health.at("/connectors/binance/reasons/0").asText()).contains("standby of bybit");
        StreamSocket stream = StreamSocket.open(jar, "?channels=status,trades");
        jar.write("broken", "");
        health = jar.awaitHealth(
                "the standby",
                h -> used(h).equals("binance") && h.at("/overall/ready").asBoolean());
        assertThat(health.at("/overall/state").asText()).isEqualTo("degraded");
        assertThat(health.at("/overall/standby/reason").asText())
                .contains("bybit cannot be had: its connector ended with exit status 3", "no route to the exchange");
        assertThat(health.at("/connectors/bybit/alarms").toString()).contains("data is that of binance since ");
        assertThat(health.at("/connectors/bybit/ready").asBoolean()).isFalse();
        assertThat(jar.get("/ready").statusCode()).isEqualTo(200);
        assertThat(jar.json("/price?symbol=binance:spot:BTCUSDT").path("venue").asText())
                .isEqualTo("binance");
        await(stream, "source_switched", "\"venue\":\"binance\"", "bybit cannot be had");
        await(stream, "\"type\":\"trade\"", "\"price\":201,", "\"venue\":\"binance\"");

        Files.delete(jar.folder().resolve("broken"));
        health = jar.awaitHealth("the main source again", h -> used(h).equals("bybit"));
        assertThat(health.at("/overall/standby/reason").isNull()).isTrue();
        jar.awaitHealth("the standby is ended", h -> !h.at("/connectors/binance/connector_health/process_alive")
                .asBoolean());
        await(stream, "source_switched", "\"venue\":\"bybit\"", "bybit has been connected and fresh for 3 s");
        assertThat(jar.log("source_switched from=")).hasSize(2);
        assertThat(jar.log("source_switched from=").get(0)).contains(" ERROR ", "from=bybit to=binance");
        assertThat(jar.log("source_switched from=").get(1)).contains("from=binance to=bybit");
        jar.stop();
    }

    @Test
    void aProgramWhoseSourceCannotBeHadExitsForItsSupervisor(Jar jar) throws Exception {
        jar.script("echo 'no route to the exchange' >&2; exit 3")
                .with("CONNECTOR_RETRIES", 1)
                .with("CONNECTOR_BACKOFF_INITIAL", "20ms")
                .with("CONNECTOR_FALLBACK", "exit")
                .launch();

        assertThat(jar.exit(Duration.ofSeconds(60))).isEqualTo(75);
        assertThat(jar.log("exhausted_exit status=75 source=custom reason=\"ended with exit status 3"))
                .hasSize(1);
    }

    @Test
    void aStandbyNeedsTwoSources(Jar jar) throws Exception {
        jar.script("idle").with("CONNECTOR_FALLBACK", "switch");

        assertThat(jar.run()).isEqualTo(78);
        assertThat(jar.text("err").lines().toList())
                .isEqualTo(
                        List.of("error: CONNECTOR_FALLBACK is \"switch\"; DATA_SOURCE must name two sources for it: the"
                                + " one to be used, and its standby; it names 1"));
    }
}
