package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Symbols against the list of the exchange, with the packed jar and its local exchange. */
@ExtendWith(JarExtension.class)
class InstrumentsIT {

    @Test
    void anUnknownSymbolIsRefusedWithAHintAndTheKnownOneIsShownWithItsTick(Jar jar) throws Exception {
        jar.with("SYMBOL", "BTCUSDT,BTCUSTD").start();

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
        assertThat(jar.health().at("/connector/clock/offset_ms").asDouble()).isBetween(-1_000.0, 1_000.0);
        jar.stop();
    }
}
