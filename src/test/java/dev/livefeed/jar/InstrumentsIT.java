package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the connector reads over REST: instruments and the clock of the exchange. */
@ExtendWith(JarExtension.class)
class InstrumentsIT {

    private static final long AHEAD = 3_000;

    /** Of three symbols one trades, one is unknown, and one was closed before the start. */
    @Test
    void unknownSymbolIsRejectedWithAHintAClosedOneHasEndedAndTheClockOffsetIsMeasured(Jar jar) throws Exception {
        try (ExchangeServer exchange = ExchangeServer.start(
                ExchangeConfig.builder().port(0).build(), () -> System.currentTimeMillis() + AHEAD)) {
            close(exchange, "ETHUSDT");
            // On a busy machine the listing may take longer than the default wait, and the exchange refuses first.
            jar.write("bybit.json", "{\"instruments_wait_ms\": 15000}");
            jar.with("DATA_SOURCE", "bybit_connector")
                    .with("BYBIT_CONNECTOR_CONFIG_FILE", "bybit.json")
                    .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                    .with("BYBIT_REST_BASE_URL", exchange.restUrl())
                    .with("SYMBOL", "BTCUSDT,BTCUSTD,ETHUSDT")
                    .with("READY_WHEN", "50%")
                    .start();

            JsonNode health =
                    jar.awaitHealth("an answer to each", h -> h.path("subscriptions").findValuesAsText("state").stream()
                            .noneMatch(state -> state.equals("asked") || state.equals("wanted")));

            assertThat(health.path("subscriptions").findValuesAsText("state"))
                    .containsExactly("confirmed", "confirmed", "refused", "refused", "ended", "ended");
            assertThat(health.at("/subscriptions/2/reason").asText())
                    .isEqualTo("linear has no instrument BTCUSTD; did you mean BTCUSDT?");
            jar.awaitTrades(1);
            assertClosedSymbolBlocksNothing(jar);
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

    private static void close(ExchangeServer exchange, String symbol) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(exchange.restUrl() + "/control/market?state=closed&symbol=" + symbol))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** The share of 50 % is that of the two others: of three, one would not be enough. */
    private static void assertClosedSymbolBlocksNothing(Jar jar) {
        Jar.soon().until(() -> jar.get("/ready").statusCode() == 200);
        JsonNode ready = jar.json("/ready");
        assertThat(ready.path("reasons")).isEmpty();
        assertThat(ready.at("/readiness/wanted").asInt()).isEqualTo(2);
        assertThat(ready.at("/readiness/ready").asInt()).isOne();
        assertThat(ready.at("/readiness/not_ready").findValuesAsText("instrument"))
                .containsExactly("BTCUSTD");
        assertThat(jar.health().at("/connector/alarms").toString())
                .contains("ETHUSDT has ended and is unsubscribed: the venue lists it as Closed");
        HttpResponse<String> price = jar.get("/price?symbol=ETHUSDT");
        assertThat(price.statusCode()).isEqualTo(404);
        assertThat(Jar.parse(price.body()).path("error").asText())
                .startsWith("ETHUSDT has ended ")
                .contains(": the venue lists it as Closed");
    }
}
