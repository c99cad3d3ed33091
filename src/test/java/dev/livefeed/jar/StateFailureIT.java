package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writes to disk fail temporarily: this is reported, nothing is lost, and writing resumes by itself. */
@Tag("drill")
@ExtendWith(JarExtension.class)
class StateFailureIT {

    /** A book, and a trade every 0.2 s. */
    private static final String MARKET =
            """
            printf '{"type":"depth","timestamp":%s000,"bids":[["99","50"],["98","50"]],"asks":[["101","50"]],\
            "last_update_id":1}\\n' "$(date +%s)"
            status connected
            i=0
            while sleep 0.2; do i=$((i+1)); trade $i 100 || exit 0; done
            """;

    private static final String MARKET_ORDER = "{\"side\":\"buy\",\"qty\":1}";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void diskIsTemporarilyFull(Jar jar) throws Exception {
        jar.with("STATE_INTERVAL", "1s").script(MARKET).start();
        jar.awaitTrades(1);
        assertThat(order(jar, MARKET_ORDER)).isEqualTo(200);
        assertThat(order(jar, "{\"side\":\"buy\",\"type\":\"limit\",\"qty\":1,\"price\":90}"))
                .isEqualTo(200);
        jar.awaitHealth("saved", h -> h.at("/state/context/saved_at").isTextual());

        limitFileSize(jar, "0");
        HttpResponse<String> assertRejected = post(jar, MARKET_ORDER);
        assertThat(assertRejected.statusCode()).isEqualTo(503);
        JsonNode refusal = Jar.parse(assertRejected.body());
        assertThat(refusal.fieldNames()).toIterable().containsExactly("error");
        assertThat(refusal.path("error").asText()).contains("takes no more").contains("tried again each 10 s");
        JsonNode failing = jar.awaitHealth(
                "both failing",
                h -> h.at("/state/context/failing_since").isTextual()
                        && h.at("/state/paper/failing_since").isTextual()
                        && h.at("/connector/alarms").size() == 2); // the alarms are looked at before the states
        assertThat(failing.at("/state/paper/reason").asText()).contains("takes no more");
        assertThat(failing.at("/connector/alarms").toString())
                .contains("the market context is not saved since")
                .contains("paper trading is unavailable since");
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_state_failing{state=\"context\"} 1.0")
                .contains("livefeed_state_failing{state=\"paper\"} 1.0")
                .contains("livefeed_paper_available 0.0");
        assertThat(jar.get("/observe/health").statusCode()).isEqualTo(503);
        assertThat(jar.get("/observe/health").body()).contains("paper trading is unavailable");
        assertThat(jar.get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(jar.get("/observe/health/ready").statusCode()).isEqualTo(200);

        limitFileSize(jar, "unlimited");
        jar.awaitHealth(
                "both well",
                h -> h.at("/state/context/failing_since").isNull()
                        && h.at("/state/paper/failing_since").isNull());
        assertThat(jar.health().at("/connector/alarms")).isEmpty();
        assertThat(jar.get("/observe/health").statusCode()).isEqualTo(200);
        assertThat(order(jar, MARKET_ORDER)).isEqualTo(200);
        JsonNode orders = jar.json("/strategy/orders").path("orders");
        assertThat(orders).hasSize(3);
        assertThat(orders.toString()).contains("the journal could not be written");
        assertThat(jar.json("/strategy/positions").at("/positions/0/qty").asText())
                .isEqualTo("2");
        assertThat(jar.log("paper_trading_available_again failing_since=")).hasSize(1);
        assertThat(jar.log("context_state_saved_again failing_since=")).hasSize(1);
        assertSurvivesAKill(jar, "2");
    }

    @Test
    void foldersCannotBeCreatedAtTheStartAndAreDeletedLater(Jar jar) throws Exception {
        Path data = Files.createDirectories(jar.folder().resolve("data"));
        Path paper = jar.write("data/paper", "a file where the folder should be");
        Path context = jar.write("data/context", "another");
        jar.with("STATE_INTERVAL", "1s").script(MARKET).start();
        jar.awaitTrades(1);
        assertThat(order(jar, MARKET_ORDER)).isEqualTo(503);
        assertThat(jar.log("paper_trading_unavailable reason=\".* cannot be opened"))
                .hasSize(1);
        assertThat(jar.health().at("/connector/alarms").toString())
                .contains("the market context is not saved since")
                .contains("paper trading is unavailable since");

        Files.delete(paper);
        Files.delete(context);
        jar.awaitHealth(
                "both well",
                h -> h.at("/state/context/saved_at").isTextual()
                        && h.at("/state/paper/failing_since").isNull());
        assertThat(order(jar, MARKET_ORDER)).isEqualTo(200);

        deleteAll(data);
        Jar.soon().alias("the journal is there again").until(() -> !journals(data)
                .isEmpty());
        Jar.soon().alias("the context is there again").until(() -> Files.exists(contexts(data)));
        assertThat(order(jar, MARKET_ORDER)).isEqualTo(200);
        assertSurvivesAKill(jar, "2");
    }

    private void assertSurvivesAKill(Jar jar, String qty) throws Exception {
        jar.kill();
        jar.exit(Duration.ofSeconds(7));
        Jar.soon().until(() -> jar.living().isEmpty());
        jar.start();
        jar.awaitTrades(1);
        assertThat(jar.log("paper_trading_unavailable|paper_journal_tail_cut|context_state_refused"))
                .isEmpty();
        assertThat(jar.json("/strategy/positions").at("/positions/0/qty").asText())
                .isEqualTo(qty);
    }

    /** Sets the soft limit only; a write beyond it fails like one to a full disk. */
    private static void limitFileSize(Jar jar, String bytes) throws Exception {
        Process process = new ProcessBuilder("prlimit", "--pid", Long.toString(jar.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static void deleteAll(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> journals(Path data) throws Exception {
        if (!Files.exists(data)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(file -> file.toString().endsWith(".jsonl")).toList();
        }
    }

    private static Path contexts(Path data) throws Exception {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(file -> file.endsWith("BTCUSDT.json")).findFirst().orElse(data.resolve("none"));
        }
    }

    private int order(Jar jar, String body) throws Exception {
        return post(jar, body).statusCode();
    }

    private HttpResponse<String> post(Jar jar, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + jar.port() + "/strategy/orders"))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
