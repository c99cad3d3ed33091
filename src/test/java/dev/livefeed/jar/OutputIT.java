package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pipes between the processes: nothing is lost, and none blocks another. */
@ExtendWith(JarExtension.class)
class OutputIT {

    private static final int MANY = 20_000;

    /** Each start ends in another way. */
    @Test
    void lastLinesOfAnExitingConnectorAreDelivered(Jar jar) throws Exception {
        List<String> ends = List.of("exit 1", "kill -9 $$");
        List<String> starts = new ArrayList<>();
        for (boolean lastLineEnds : List.of(true, false)) {
            for (String end : ends) {
                String file = "trades-" + starts.size();
                jar.write(file, manyTrades(starts.size() * MANY, lastLineEnds));
                starts.add("cat " + file + "; " + end);
            }
        }
        starts.add("trade last; printf '{\"type\":\"trade\",\"timest'; exit 1");
        jar.scripts(starts.toArray(String[]::new))
                .with("CONNECTOR_RETRIES", starts.size() - 1)
                .with("CONNECTOR_BACKOFF_INITIAL", "20ms")
                .with("CONNECTOR_COOLDOWN", "60s")
                .start();

        JsonNode health = jar.awaitState("exhausted");

        assertThat(health.at("/connector/connector_health/starts").asInt()).isEqualTo(starts.size());
        int trades = (starts.size() - 1) * MANY + 1;
        assertThat(Jar.trades(health)).isEqualTo(trades);
        assertThat(jar.json("/ws/metrics").at("/trades/total").asLong()).isEqualTo(trades);
        assertThat(health.at("/dead_letters/by_reason/not-json").asInt())
                .as("the incomplete line of the last start")
                .isOne();
        assertThat(health.at("/dead_letters/total").asInt()).isOne();
    }

    private static String manyTrades(int before, boolean lastLineEnds) {
        long now = System.currentTimeMillis();
        return IntStream.rangeClosed(before + 1, before + MANY)
                .mapToObj(i -> "{\"type\":\"trade\",\"timestamp\":" + now
                        + ",\"price\":\"1\",\"qty\":\"1\",\"side\":\"buy\",\"id\":" + i + "}")
                .collect(Collectors.joining("\n", "", lastLineEnds ? "\n" : ""));
    }

    @Test
    @Tag("drill")
    void stderrFloodDelaysNothing(Jar jar) throws Exception {
        jar.script(
                        """
                        status connected; trade 1
                        yes 'something is rather wrong here, and it is said again and again' | head -n 60000 >&2
                        head -c 3000000 /dev/zero | tr '\\0' x >&2
                        echo >&2
                        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do echo "last words $i" >&2; done
                        trade 2; idle
                        """)
                .start();

        jar.awaitTrades(2);

        Jar.soon().untilAsserted(() -> assertThat(jar.process().path("stderr"))
                .hasSize(20)
                .first()
                .extracting(JsonNode::asText)
                .isEqualTo("last words 1"));
        assertThat(jar.log("connector.stderr - something is rather wrong"))
                .as("once a minute")
                .hasSizeBetween(1, 3);
        assertThat(jar.health().at("/application/log/left_out/stderr").asInt()).isGreaterThan(59_990);
        assertThat(jar.log("connector.stderr - x+")).singleElement().satisfies(line -> assertThat(line.length())
                .isLessThan(5_000));
        jar.stop();
    }

    @Test
    void connectorThatNeverReadsCommandsWorks(Jar jar) throws Exception {
        String symbols = IntStream.rangeClosed(1, 900)
                .mapToObj(i -> "SYMBOLWITHALONGNAME" + i)
                .collect(Collectors.joining(","));
        jar.script(
                        """
                        status connected
                        i=0
                        while :; do
                          i=$((i + 1))
                          trade $i | sed 's/"type"/"symbol":"SYMBOLWITHALONGNAME7","type"/'
                          sleep 0.1
                        done
                        """)
                .with("SYMBOL", symbols)
                .start();

        // A response of 900 symbols takes a while: its figures are younger than its state of the connector.
        JsonNode health = jar.awaitHealth(
                "trades of a connected connector",
                h -> h.at("/connector/connected").asBoolean()
                        && h.at("/symbols/SYMBOLWITHALONGNAME7/trades").asInt() >= 5);

        assertThat(health.at("/subscriptions/0/state").asText()).isEqualTo("asked");
        jar.stop();
    }

    @Test
    void everyLineOfTheLogIsAnObject(Jar jar) throws Exception {
        jar.script("echo 'he said \"no\"' >&2; status connected; trade 1; echo 'not json'; exit 1")
                .with("CONNECTOR_RETRIES", "0")
                .with("CONNECTOR_COOLDOWN", "60s")
                .with("LOG_FORMAT", "json")
                .launch();
        jar.awaitLog("\"event\":\"started\"");
        jar.awaitState("exhausted");
        jar.stop();

        List<JsonNode> lines = jar.log().stream().map(Jar::parse).toList();
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line.fieldNames())
                .toIterable()
                .contains("time", "level", "thread", "logger", "message"));
        assertThat(lines)
                .filteredOn(line -> line.path("event").asText().equals("connector_connection_exhausted"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("level").asText()).isEqualTo("ERROR");
                    assertThat(line.at("/fields/round").asInt()).isOne();
                    assertThat(line.at("/fields/reason").asText()).contains("1");
                });
        assertThat(lines)
                .filteredOn(line -> line.path("logger").asText().equals("connector.stderr"))
                .extracting(line -> line.path("message").asText())
                .contains("he said \"no\"");
        assertThat(lines)
                .filteredOn(line -> line.path("event").asText().equals("dead_letter"))
                .hasSize(1);
    }
}
