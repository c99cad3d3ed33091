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
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Strategies and paper trading of the packed jar over HTTP. */
@ExtendWith(JarExtension.class)
class StrategyIT {

    private static final String MARKET =
            """
            trade 1 100
            printf '{"type":"depth","timestamp":%s000,"bids":[["99","5"],["98","5"]],"asks":[["101","2"],["102",\
            "4"]],"last_update_id":1}\\n' "$(date +%s)"
            trade 2 100.5
            status connected
            idle
            """;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Jar run(Jar jar) throws Exception {
        jar.script(MARKET).start();
        jar.awaitTrades(2);
        return jar;
    }

    /**
     * The examples of doc/STRATEGIES.md as a user would enter them: a bean, and other numbers in a file of one's own,
     * while it runs.
     */
    @Test
    void beanOnTheClassPathIsAStrategyAndASecondOneIsAFewLines(Jar jar) throws Exception {
        String page = Files.readString(Path.of("doc", "STRATEGIES.md"));
        Path source =
                Files.createDirectories(jar.folder().resolve("com/example")).resolve("BidPressure.java");
        Files.writeString(source, block(page, "java"));
        Path classes = Files.createDirectories(jar.folder().resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", Jar.FILE.toString(), "-d", classes.toString(), source.toString()))
                .isZero();
        jar.ownRoutes();
        Files.writeString(jar.route("strategy-bid-pressure"), block(page.substring(page.indexOf("```java")), "yaml"));
        String five = block(page, "yaml");
        String wrong = five.replace("target", "targt");
        Files.writeString(jar.route("mine"), wrong);

        assertThat(jar.run("check")).isEqualTo(78);
        assertThat(jar.text("err"))
                .contains(
                        "strategy-bid-pressure.camel.yaml:8: route bid-pressure: class com.example.BidPressure is not "
                                + "on the"
                                + " class path")
                .contains("mine.camel.yaml:5: route sweep-wide sets the parameter targt");

        Files.delete(jar.route("mine"));
        run(jar.beside(classes));
        Jar.soon().until(() -> !jar.json("/strategy/signals").path("signals").isEmpty());
        JsonNode signal = jar.json("/strategy/signals").at("/signals/0");
        assertThat(signal.path("strategy").asText()).isEqualTo("bid-pressure");
        assertThat(signal.path("refused").isNull()).as("%s", signal).isTrue();
        assertThat(jar.json("/strategy/positions").at("/positions/0/strategy").asText())
                .isEqualTo("bid-pressure");
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_signals_total{outcome=\"order\"} 1.0")
                .contains("livefeed_paper_orders_total{status=\"filled\"} 1.0")
                .containsPattern("livefeed_paper_equity 99999\\.")
                .contains("livefeed_strategy_queue{strategy=\"bid-pressure\",topic=\"book-tops\"} 0.0")
                .contains("livefeed_strategy_lag_seconds{strategy=\"sweep\",topic=\"candles\"}");

        Files.writeString(jar.route("mine"), wrong);
        jar.awaitLog("route_edit_refused mine.camel.yaml:5: route sweep-wide sets the parameter targt, which the"
                + " routeTemplate sweep does not have");
        Files.writeString(jar.route("mine"), five);
        jar.awaitLog("routes_reloaded files=\\[mine.camel.yaml\\] routes=\\[sweep-wide\\]");
        Jar.soon().until(() -> jar.get("/observe/metrics")
                .body()
                .contains("livefeed_strategy_queue{strategy=\"sweep-wide\",topic=\"candles\"}"));
    }

    private static String block(String page, String language) {
        int start = page.indexOf("```" + language + "\n") + language.length() + 4;
        return page.substring(start, page.indexOf("```", start));
    }

    @Test
    void paperTradingSurvivesAKillAndItsFolderIsThatOfOneProcess(Jar jar, @TempDir Path other) throws Exception {
        run(jar);
        JsonNode bought = Jar.parse(send(jar, "POST", "/strategy/orders", "{\"side\":\"buy\",\"qty\":\"3\"}")
                .body());
        assertThat(bought.path("status").asText()).isEqualTo("filled");
        // 2 at 101 and 1 at 102, and 0.055 % of 304
        assertThat(bought.path("average_price").asText()).isEqualTo("101.333333333333");
        assertThat(bought.path("fees").asText()).isEqualTo("0.16720");
        send(
                jar,
                "POST",
                "/strategy/orders",
                "{\"side\":\"sell\",\"type\":\"stop\",\"qty\":\"3\",\"stop_price\":\"90\"}");
        assertThat(Jar.parse(send(jar, "POST", "/strategy/pause", "").body())
                        .path("paused")
                        .asBoolean())
                .isTrue();
        assertFolderIsLocked(jar, other);
        assertThat(jar.json("/strategy/orders").path("orders")).hasSize(2);
        jar.kill();
        jar.exit(Duration.ofSeconds(7));
        Jar.soon().until(() -> jar.living().isEmpty());

        jar.start();
        jar.awaitTrades(2);

        JsonNode positions = jar.json("/strategy/positions");
        assertThat(positions.at("/account/cash").asText()).isEqualTo("99695.83280");
        assertThat(positions.at("/positions/0/qty").asText()).isEqualTo("3");
        JsonNode stop = jar.json("/strategy/orders?count=1").at("/orders/0");
        assertThat(stop.path("status").asText()).isEqualTo("cancelled");
        assertThat(stop.path("reason").asText()).isEqualTo("the application was started again");
        assertThat(jar.json("/strategy/status").path("state").asText()).isEqualTo("paused");
        send(jar, "POST", "/strategy/resume", "");
        assertThat(jar.json("/strategy/status").path("state").asText()).isEqualTo("running");
    }

    private static void assertFolderIsLocked(Jar jar, Path other) throws Exception {
        try (Jar second = new Jar(other)) {
            run(second.with("STATE_DIR", jar.folder().resolve("data")));

            assertThat(second.log("context_state_in_use")).hasSize(1);
            assertThat(second.log("paper_trading_unavailable reason=.* is in use by another process"))
                    .hasSize(1);
            assertThat(send(second, "POST", "/strategy/orders", "{\"side\":\"buy\",\"qty\":1}")
                            .statusCode())
                    .isEqualTo(503);
            Contract contract = new Contract(second);
            assertThat(contract.check(
                                    "delete", "/strategy/orders/{id}", send(second, "DELETE", "/strategy/orders/1", ""))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(contract.check("post", "/strategy/pause", send(second, "POST", "/strategy/pause", ""))
                            .statusCode())
                    .isEqualTo(503);
            second.stop();
        }
    }

    static HttpResponse<String> send(Jar jar, String method, String path, String body) throws Exception {
        return send(jar, method, path, body, "application/json");
    }

    static HttpResponse<String> send(Jar jar, String method, String path, String body, String type) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + jar.port() + path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
