package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates of connectors run in the application; {@code check --connector} refuses bad usage. */
@ExtendWith(JarExtension.class)
class ConnectorTemplateIT {

    private static String command(String template) {
        String program = template.endsWith("py") ? "python3" : "node";
        return program + " '" + Path.of("examples", "connectors", template).toAbsolutePath() + "'";
    }

    @ParameterizedTest
    @ValueSource(strings = {"connector.py", "connector.mjs"})
    void templateRunsInTheApplication(String template, Jar jar) throws Exception {
        jar.with("CONNECTOR_COMMAND", command(template)).start();

        JsonNode health = jar.awaitHealth(
                "trades, a book and readiness",
                h -> Jar.trades(h) > 20 && jar.get("/ready").statusCode() == 200);

        assertThat(health.at("/connector/connected").asBoolean()).isTrue();
        assertThat(health.at("/dead_letters/total").asLong()).isZero();
        assertThat(jar.json("/book").at("/bids/0/0").asText()).isEqualTo("100");
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
