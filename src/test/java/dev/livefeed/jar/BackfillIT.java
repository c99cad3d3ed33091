package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The backfill of context levels over REST. */
@ExtendWith(JarExtension.class)
class BackfillIT {

    @Test
    void levelsAreBackfilledFromCandlesAndMarked(Jar jar) throws Exception {
        jar.with("CONTEXT_BACKFILL", "levels").with("SYMBOL", "BTCUSDT,ETHUSDT").start();

        Jar.soon().until(() -> jar.json("/backfill/status")
                .at("/progress/status")
                .asText()
                .equals("done"));

        JsonNode status = jar.json("/backfill/status");
        assertThat(status.at("/progress/percentage").asInt()).isEqualTo(100);
        assertThat(status.at("/filled_minutes").asInt()).isGreaterThanOrEqualTo(2 * 1_440);
        for (String symbol : new String[] {"BTCUSDT", "ETHUSDT"}) {
            JsonNode levels = jar.json("/levels?symbol=" + symbol);
            assertThat(levels.at("/approximate/previous_day").asBoolean()).isTrue();
            assertThat(levels.at("/PDH").isTextual()).isTrue();
            assertThat(levels.at("/POCprev").isTextual()).isTrue();
        }
        new Contract(jar).check("/levels?symbol=ETHUSDT");
        new Contract(jar).check("/backfill/status");
        jar.awaitState("synthetic");
        jar.stop();
    }

    @Test
    void levelsAreAbsentWithoutTheSetting(Jar jar) throws Exception {
        jar.start();
        jar.awaitTrades(1);

        assertThat(jar.log("Backfill: skipped \\(using simulator for live data\\)"))
                .hasSize(1);
        assertThat(jar.json("/backfill/status").at("/progress/status").asText()).isEqualTo("skipped");
        JsonNode levels = jar.json("/levels");
        assertThat(levels.at("/PDH").isNull()).isTrue();
        assertThat(levels.at("/approximate/today").asBoolean()).isFalse();
        Jar.soon().until(() -> jar.json("/debug/exchangeinfo").at("/tick_size").isTextual());
    }

    @Test
    void failingRestDelaysNeitherTheFeedNorTheStop(Jar jar) throws Exception {
        HttpServer broken = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        broken.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "600");
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        broken.start();
        try (ExchangeServer exchange =
                ExchangeServer.start(ExchangeConfig.builder().port(0).build())) {
            jar.with("DATA_SOURCE", "bybit_connector")
                    .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                    .with(
                            "BYBIT_REST_BASE_URL",
                            "http://127.0.0.1:" + broken.getAddress().getPort())
                    .with("CONTEXT_BACKFILL", "levels")
                    .start();
            jar.awaitTrades(1);
            jar.awaitLog("rest_retry attempt=1 retry_delay_ms=600000 reason=\"HTTP 503\"");

            assertThat(jar.json("/backfill/status").at("/progress/percentage").asInt())
                    .isZero();
            assertThat(jar.json("/levels").at("/POCd").isTextual()).isTrue();
            jar.stop();
        } finally {
            broken.stop(0);
        }
    }

    @Test
    void otherSourcesSkipTheBackfill(Jar jar) throws Exception {
        try (ExchangeServer exchange =
                ExchangeServer.start(ExchangeConfig.builder().port(0).build())) {
            jar.with("DATA_SOURCE", "bybit_connector")
                    .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                    .with("BYBIT_REST_BASE_URL", exchange.restUrl())
                    .start();

            jar.awaitLog("Backfill: skipped \\(using bybit_connector for live data\\)$");
            jar.stop();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROFILE_TICK_SIZE|0|it must be a decimal above 0",
                "PROFILE_TICK_SIZE|1e999999999|it must be a decimal above 0",
                "PROFILE_MAX_BINS|17|it must be a whole number from 1024 to 2097152",
                "OPENING_RANGE|8 o'clock|is not a window",
                "SESSIONS|london|is not a session",
                "CONTEXT_BACKFILL|yes|it must be one of off, levels",
                "STATE_INTERVAL|often|it must be a duration",
                "STATE_DIR|connector.sh|it must be a folder"
            })
    void invalidSettingsEndTheStart(String name, String value, String rule, Jar jar) throws Exception {
        jar.script("idle").with(name, value);

        assertThat(jar.run("check")).isEqualTo(78);

        assertThat(jar.text("err").lines().filter(line -> line.startsWith("error: ")))
                .singleElement()
                .asString()
                .startsWith("error: " + name + " is \"" + value + "\"")
                .contains(rule);
    }
}
