package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every configured channel, from the exchange through connector and routes to health, metrics and HTTP. */
@ExtendWith(JarExtension.class)
class ChannelsIT {

    private static final List<String> CHANNELS = List.of(
            "trades",
            "depth",
            "depth.200",
            "ticker",
            "kline.1m",
            "kline.1M",
            "liquidations",
            "depth.rpi",
            "adl",
            "insurance",
            "price-limit");

    @Test
    void everyConfiguredChannelDelivers(Jar jar) throws Exception {
        try (ExchangeServer exchange =
                ExchangeServer.start(ExchangeConfig.builder().seed(5).speed(20).build())) {
            jar.ownRoutes()
                    .with("DATA_SOURCE", "bybit_connector")
                    .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                    .with("BYBIT_REST_BASE_URL", exchange.restUrl())
                    .with("CONNECTOR_CHANNELS", String.join(", ", CHANNELS));
            withSteps(jar);
            jar.start();

            JsonNode health = jar.awaitHealth(
                    "events of each channel",
                    h -> h.path("subscriptions").findValues("events").stream()
                                    .filter(events -> events.asLong() > 0)
                                    .count()
                            == CHANNELS.size());
            jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());

            assertThat(health.path("subscriptions").findValuesAsText("channel")).containsExactlyElementsOf(CHANNELS);
            assertThat(health.path("subscriptions").findValuesAsText("state")).containsOnly("confirmed");
            assertThat(health.at("/connector/synthetic").asBoolean()).isTrue();
            assertThat(health.at("/dead_letters/total").asInt()).isZero();
            String metrics = jar.get("/observe/metrics").body();
            for (String type : List.of(
                    "trade",
                    "depth",
                    "ticker",
                    "kline.1m",
                    "kline.1M",
                    "liquidation",
                    "rpi_depth",
                    "adl",
                    "insurance",
                    "price_limit")) {
                assertThat(metrics)
                        .containsPattern("livefeed_events_total\\{category=\"linear\",symbol=\"BTCUSDT\",type=\"" + type
                                + "\",venue=\"bybit\"} [1-9]");
            }
            ticker(jar);
            steps(jar);
            jar.awaitLog("Backfill: skipped \\(using bybit_connector for live data\\)$");
            jar.stop();
        }
    }

    /** Appends custom steps, as the headers of the route files describe. */
    private static void withSteps(Jar jar) throws Exception {
        addStep(jar, "ticker", "${body.markPrice} > 1 && ${body.bidPrice} < ${body.askPrice}");
        addStep(jar, "klines", "${body.closed} == false && ${body.channel} == 'kline.1m'");
        addStep(jar, "rpi-depth", "${body.bids.size} > 10 && ${body.asks[0].price} > 1");
        addStep(jar, "risk", "${header.type} == 'adl' && ${body.figures.balance} > 1 && ${body.triggered} == false");
        addStep(jar, "liquidations", "${body.qty} > 0 && ${body.position} == 'long'");
    }

    private static void addStep(Jar jar, String route, String condition) throws Exception {
        String text = Files.readString(jar.route(route)).stripTrailing();
        Files.writeString(
                jar.route(route),
                text + "\n        - filter:\n            simple: \"" + condition + "\"\n            steps:\n"
                        + "              - log: \"" + route + "_step ${body}\"\n");
    }

    private static void steps(Jar jar) {
        jar.awaitLog("ticker_step .*\"type\":\"ticker\",.*\"last_price\":");
        jar.awaitLog("klines_step .*\"interval\":\"1m\",.*\"closed\":false");
        jar.awaitLog("liquidations_step .*\"side\":\"sell\",\"position\":\"long\"");
        jar.awaitLog("rpi-depth_step .*\"type\":\"rpi_depth\",.*\"bids\":");
        jar.awaitLog("risk_step .*\"type\":\"adl\",.*\"triggered\":false");
        assertThat(jar.log("klines_step .*\"interval\":\"1M\"")).isEmpty();
    }

    private static void ticker(Jar jar) {
        Contract contract = new Contract(jar);
        JsonNode ticker = Jar.parse(contract.check("/ticker").body());
        assertThat(ticker.path("symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(ticker.path("category").asText()).isEqualTo("linear");
        assertThat(ticker.path("synthetic").asBoolean()).isTrue();
        assertThat(new BigDecimal(ticker.path("bid_price").asText()))
                .isLessThan(new BigDecimal(ticker.path("ask_price").asText()));
        assertThat(ticker.path("delta").isNull()).isTrue();
        assertThat(ticker.path("next_funding_time").asText()).endsWith("00:00Z");
        assertThat(contract.check("/ticker?symbol=NOSUCH").statusCode()).isEqualTo(404);
        assertThat(contract.check("/ticker?symbol=%20").statusCode()).isEqualTo(400);
    }
}
