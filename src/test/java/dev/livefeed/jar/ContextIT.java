package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The market context over HTTP after a start, a stop, a kill and with damaged state. */
@ExtendWith(JarExtension.class)
class ContextIT {

    private static final String DAY =
            """
            {"type":"trade","timestamp":"2026-03-01T12:00:00Z","price":"99.95","qty":"3","side":"buy","id":1}
            {"type":"trade","timestamp":"2026-03-01T13:00:00Z","price":"101.05","qty":"1","side":"sell","id":2}
            {"type":"trade","timestamp":"2026-03-02T07:00:00Z","price":"100.1","qty":"1","side":"buy","id":3}
            {"type":"trade","timestamp":"2026-03-02T08:05:00Z","price":"100.19","qty":"2","side":"sell","id":4}
            {"type":"trade","timestamp":"2026-03-01T23:59:59.999Z","price":"102","qty":"1","side":"buy","id":5}
            {"type":"trade","timestamp":"2026-03-02T08:09:59.999Z","price":"100.3","qty":"0.5","side":"buy","id":6}
            {"type":"trade","timestamp":"2026-03-02T13:30:00Z","price":"100.2","qty":"0.5","side":"buy","id":7}
            {"type":"depth","timestamp":"2026-03-02T13:30:00Z","bids":[["100.2","3"],["100.1","1"]],"asks":[["100.3",\
            "1"]],"last_update_id":1}
            """;

    private static final String MORE =
            """
            {"type":"trade","timestamp":"2026-03-02T13:31:00Z","price":"100.4","qty":"0.5","side":"buy","id":8}
            """;

    @Test
    void tradeWithAFutureDateStartsNoNewDayAndAnEmptySettingKeepsNoState(Jar jar) throws Exception {
        long noon = java.time.Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            long ahead = i == 2 ? 20 * 3_600_000L : 0;
            lines.append("{\"type\":\"trade\",\"timestamp\":")
                    .append(noon + i + ahead)
                    .append(",\"price\":\"100\",\"qty\":\"1\",\"side\":\"buy\",\"id\":")
                    .append(i)
                    .append(",\"received_at\":")
                    .append(noon + i)
                    .append("000}\n");
        }
        jar.write("day", lines.toString());
        jar.with("STATE_DIR", "")
                .script("cat day; while read -r line; do :; done")
                .start();
        jar.awaitTrades(4);

        JsonNode context = jar.json("/context");
        assertThat(context.at("/session/day").asText()).isEqualTo("2026-03-02");
        assertThat(context.at("/stats/trades").asInt()).isEqualTo(4);
        assertThat(jar.health().at("/dead_letters/by_reason/bad-timestamp").asInt())
                .isEqualTo(1);
        assertThat(jar.get("/dead-letters").body()).contains("72000 s ahead of received_at, must be at most 5 s");
        jar.stop();
        assertThat(jar.folder().resolve("data")).doesNotExist();
    }

    @Test
    void contextSurvivesAKillAndAStopAndDamagedStateIsSetAside(Jar jar) throws Exception {
        jar.with("STATE_INTERVAL", "200ms");
        run(jar);
        String before = jar.get("/levels").body();
        Jar.soon().until(() -> !states(jar).isEmpty());
        Path state = states(jar).get(0);
        Jar.soon().until(() -> Files.readString(state).contains("\"trades\":4,"));
        jar.kill();
        jar.exit(Duration.ofSeconds(7));
        Jar.soon().until(() -> jar.living().isEmpty());

        // The connector repeats the same events: they must not be counted twice.
        jar.script("cat day; until [ -e more ]; do sleep 0.1; done; cat more; while read -r line; do :; done")
                .with("STATE_INTERVAL", "1h")
                .start();
        jar.awaitTrades(7);
        assertThat(jar.get("/levels").body()).isEqualTo(before);
        assertThat(jar.json("/debug/vwap").at("/repeated_trades").asInt()).isEqualTo(7);
        assertThat(jar.log("context_restored symbols=1")).hasSize(1);
        jar.write("more", MORE);
        jar.awaitTrades(8);
        Jar.soon().until(() -> jar.json("/context").at("/price/price").asText().equals("100.4"));
        String after = jar.get("/levels").body();
        jar.stop();
        assertThat(state).content().contains("\"trades\":5,");

        jar.start();
        jar.awaitTrades(8);
        assertThat(jar.get("/levels").body()).isEqualTo(after);
        assertThat(jar.json("/debug/vwap").at("/repeated_trades").asInt()).isGreaterThanOrEqualTo(8);
        assertThat(jar.log("context_restored symbols=1")).hasSize(1);
        jar.stop();

        String whole = Files.readString(state);
        String half = whole.substring(0, whole.length() / 2);
        Files.writeString(state, half);
        jar.start();
        jar.awaitTrades(8);
        assertThat(jar.log("context_state_refused")).hasSize(1);
        assertThat(jar.json("/debug/vwap").at("/trades").asInt()).isEqualTo(5);
        assertThat(state.resolveSibling(state.getFileName() + ".damaged-1")).hasContent(half);
    }

    /** Runs the day and waits until all of it is in the context. */
    static void run(Jar jar) throws IOException {
        jar.write("day", DAY);
        // Keeps stdout open, since closing it would end the connector.
        jar.script("cat day; while read -r line; do :; done").start();
        jar.awaitTrades(7);
        Jar.soon().until(() -> jar.get("/book").statusCode() == 200);
    }

    private static List<Path> states(Jar jar) throws IOException {
        Path data = jar.folder().resolve("data");
        if (!Files.exists(data)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
