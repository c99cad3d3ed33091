package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the connector reads over REST: instruments and the clock of the exchange. */
@ExtendWith(JarExtension.class)
class InstrumentsIT {

    private static final long AHEAD = 3_000;

    @Test
    void unknownSymbolIsRejectedWithAHintAndTheClockOffsetIsMeasured(Jar jar) throws Exception {
        try (ExchangeServer exchange = ExchangeServer.start(
                ExchangeConfig.builder().port(0).build(), () -> System.currentTimeMillis() + AHEAD)) {
            // On a busy machine the listing may take longer than the default wait, and the exchange refuses first.
            jar.write("bybit.json", "{\"instruments_wait_ms\": 15000}");
            jar.with("DATA_SOURCE", "bybit_connector")
                    .with("BYBIT_CONNECTOR_CONFIG_FILE", "bybit.json")
                    .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                    .with("BYBIT_REST_BASE_URL", exchange.restUrl())
                    .with("SYMBOL", "BTCUSDT,BTCUSTD")
                    .start();

            JsonNode health =
                    jar.awaitHealth("an answer to each", h -> h.path("subscriptions").findValuesAsText("state").stream()
                            .noneMatch(state -> state.equals("asked") || state.equals("wanted")));

            assertThat(health.path("subscriptions").findValuesAsText("state"))
                    .containsExactly("confirmed", "confirmed", "refused", "refused");
            assertThat(health.at("/subscriptions/2/reason").asText())
                    .isEqualTo("linear has no instrument BTCUSTD; did you mean BTCUSDT?");
            jar.awaitTrades(1);
            JsonNode shown = jar.awaitHealth(
                            "the listing", h -> h.at("/symbols/BTCUSDT").has("tick_size"))
                    .at("/symbols/BTCUSDT");
            assertThat(shown.path("tick_size").asText()).isEqualTo("0.10");
            assertThat(shown.path("qty_step").asText()).isEqualTo("0.001");
            assertThat(shown.path("trading_status").asText()).isEqualTo("Trading");
            JsonNode clock = jar.awaitHealth(
                            "the clock", h -> h.at("/connector/clock").isObject())
                    .at("/connector/clock");
            double uncertain = clock.path("uncertainty_ms").asDouble() + 1;
            assertThat(clock.path("offset_ms").asDouble()).isBetween(AHEAD - uncertain, AHEAD + uncertain);
            assertThat(jar.health().at("/connector/alarms").toString())
                    .contains("behind the exchange's; synchronize it with NTP");
            jar.stop();
        }
    }
}
