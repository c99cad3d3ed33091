package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connectors.ObedientConnector;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Subscriptions survive a restart of the connector. */
@ExtendWith(JarExtension.class)
class SubscriptionIT {

    private static final List<String> WANTED =
            List.of("trades BTCUSDT", "depth BTCUSDT", "trades ETHUSDT", "depth ETHUSDT");

    @Test
    void lostUpdateTriggersAResyncAndAllSubscriptionsAreRestoredAfterEachStart(Jar jar) throws Exception {
        jar.write("gap", "");
        jar.connector(ObedientConnector.class).with("SYMBOL", "BTCUSDT,ETHUSDT").start();
        jar.awaitLog("book_stale symbol=linear:BTCUSDT reason=\"gap: the update continues 12, the book stands at 10");
        jar.awaitLog("book_synced symbol=linear:BTCUSDT last_update_id=100");
        jar.awaitLog("book_synced symbol=linear:ETHUSDT last_update_id=100");
        JsonNode health = jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
        assertThat(health.at("/symbols/BTCUSDT/gaps").asInt()).isOne();
        assertThat(jar.text("commands").lines().filter(line -> line.contains("\"resync\"")))
                .as("one for each of the two books")
                .hasSize(2);
        assertThat(jar.json("/book").path("last_update_id").asInt()).isEqualTo(100);

        Files.delete(jar.folder().resolve("gap"));
        long first = jar.child().pid();
        jar.child().destroyForcibly();
        jar.awaitHealth(
                "another process that is ready",
                h -> h.at("/connector/ready").asBoolean()
                        && h.at("/connector/connector_health/pid").asLong() != first);
        long second = jar.child().pid();

        assertThat(askedOf(jar, first)).isEqualTo(WANTED);
        assertThat(askedOf(jar, second)).isEqualTo(WANTED);
        jar.stop();
        assertThat(jar.text("commands").lines().filter(line -> line.startsWith(second + " ")))
                .last()
                .asString()
                .isEqualTo(second + " {\"command\":\"stop\"}");
    }

    private static List<String> askedOf(Jar jar, long pid) {
        return jar.text("commands")
                .lines()
                .filter(line -> line.startsWith(pid + " "))
                .map(line -> Jar.parse(line.substring(line.indexOf(' '))))
                .filter(command -> command.path("command").asText().equals("subscribe"))
                .map(c -> c.path("channel").asText() + " " + c.path("symbol").asText())
                .toList();
    }

    @Test
    void rejectedSubscriptionIsShownWithItsReasonAndTheOthersWork(Jar jar) throws Exception {
        jar.connector(ObedientConnector.class, "depth ETH")
                .with("SYMBOL", "BTCUSDT,ETHUSDT")
                .start();

        JsonNode health =
                jar.awaitHealth("an answer to each", h -> h.path("subscriptions").findValuesAsText("state").stream()
                        .noneMatch(s -> s.equals("asked") || s.equals("wanted")));

        assertThat(health.path("subscriptions").findValuesAsText("state"))
                .containsExactly("confirmed", "confirmed", "confirmed", "refused");
        assertThat(health.at("/subscriptions/3/reason").asText()).isEqualTo("ETHUSDT is not listed");
        jar.awaitTrades(1);
        health = jar.awaitState("live");
        assertThat(health.at("/connector/connected").asBoolean()).isTrue();
        assertThat(health.at("/connector/ready").asBoolean()).isFalse();
        assertThat(health.at("/connector/reasons").toString())
                .contains("depth of ETHUSDT refused: ETHUSDT is not listed");
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);
    }
}
