package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connector that sends instruments which nobody asked for: their text goes no further than the dead letters. */
@ExtendWith(JarExtension.class)
class UnknownSymbolIT {

    private static final String SCRIPT =
            """
            status connected
            n=1
            while [ $n -le 50 ]; do
              trade evil$n | sed "s/\\"price\\"/\\"symbol\\":\\"EVIL${n}USDT\\",\\"price\\"/"
              trade path$n | sed "s#\\"price\\"#\\"category\\":\\"../../EVIL$n\\",\\"price\\"#"
              printf '{"type":"status","status":"instrument","symbol":"EVIL%sUSDT","phase":"halted"}\\n' $n
              trade good$n
              n=$((n + 1))
            done
            idle
            """;

    private static List<String> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("EVIL"))
                    .toList();
        }
    }

    @Test
    void theyAreDeadLettersAndNameNoFileMetricOrAlarm(Jar jar) throws Exception {
        jar.script(SCRIPT).start();
        jar.awaitTrades(50);

        JsonNode health = jar.awaitHealth(
                "all dead letters", h -> h.at("/dead_letters/total").asInt() == 100);

        assertThat(health.at("/dead_letters/by_reason/unknown-symbol").asInt()).isEqualTo(50);
        assertThat(health.at("/dead_letters/by_reason/bad-field").asInt()).isEqualTo(50);
        assertThat(health.path("symbols").fieldNames()).toIterable().containsExactly("BTCUSDT");
        assertThat(health.at("/connector/alarms").toString()).doesNotContain("EVIL");
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_dead_letters_total{reason=\"unknown-symbol\"} 50.0")
                .doesNotContain("EVIL");
        assertThat(jar.json("/dead-letters").get(0).path("message").asText()).contains("EVIL", "must be one of SYMBOL");
        jar.stop();
        assertThat(files(jar.folder())).isEmpty();
    }

    @Test
    void aConnectorMayChooseItsInstruments(Jar jar) throws Exception {
        jar.with("CONNECTOR_INSTRUMENTS", "any").script(SCRIPT).start();

        JsonNode health = jar.awaitHealth(
                "trades of all", h -> h.at("/symbols/EVIL50USDT/trades").asInt() == 1);

        assertThat(health.at("/dead_letters/by_reason/bad-field").asInt()).isEqualTo(50);
        assertThat(health.at("/dead_letters/by_reason/unknown-symbol").asInt()).isZero();
        jar.stop();
        assertThat(files(jar.folder())).hasSize(50).allSatisfy(name -> assertThat(name)
                .endsWith("USDT.json"));
    }
}
