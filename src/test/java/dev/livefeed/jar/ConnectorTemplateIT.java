package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The templates of connectors run in the application; {@code check --connector} refuses bad usage. */
@ExtendWith(JarExtension.class)
class ConnectorTemplateIT {

    private static String command(String template) {
        String program = template.endsWith("py") ? "python3" : "node";
        return program + " '" + Path.of("examples", "connectors", template).toAbsolutePath() + "'";
    }

    @Test
    void templatesRunInTheApplication(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "bybit_connector,binance_ws")
                .with("BYBIT_CONNECTOR_COMMAND", command("connector.py"))
                .with("BINANCE_CONNECTOR_COMMAND", command("connector.mjs"))
                .start();
        List<String> symbols = List.of("bybit:linear:BTCUSDT", "binance:spot:BTCUSDT");

        JsonNode health = jar.awaitHealth(
                "trades, a book and readiness",
                h -> symbols.stream()
                                .allMatch(symbol -> h.path("symbols")
                                                .path(symbol)
                                                .path("trades")
                                                .asLong()
                                        > 20)
                        && jar.get("/ready").statusCode() == 200);

        for (String venue : List.of("bybit", "binance")) {
            assertThat(health.at("/connectors/" + venue + "/connected").asBoolean())
                    .as(venue)
                    .isTrue();
        }
        assertThat(health.at("/dead_letters/total").asLong()).isZero();
        for (String symbol : symbols) {
            assertThat(jar.json("/book?symbol=" + symbol).at("/bids/0/0").asText())
                    .isEqualTo("100");
        }
        jar.stop();
    }

    @Test
    void brokenConnectorIsExitStatusOneAndBadUsageAnother(Jar jar) throws Exception {
        assertThat(jar.run("check", "--connector", "sh -c 'echo no JSON; exit 3'"))
                .isOne();
        assertThat(jar.text("out")).contains("starts          failed", "status 3", "json-lines      failed", "do: ");

        assertThat(jar.run("check", "--watch", "9")).isEqualTo(64);
        assertThat(jar.text("err")).hasLineCount(1);
        assertThat(jar.run("check", "--connector", "no-such-program-here")).isEqualTo(78);
        assertThat(jar.text("err")).contains("no-such-program-here").hasLineCount(1);
    }
}
