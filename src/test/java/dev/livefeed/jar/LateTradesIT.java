package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Late trades, such as repaired ones: counted for their time, marked, and never the last price. */
@ExtendWith(JarExtension.class)
class LateTradesIT {

    private static final String MARKET =
            """
            depth() {
              printf '{"type":"depth","timestamp":%s000,"bids":[["49999","10"]],"asks":[["50000","10"]],\
            "last_update_id":%s}\\n' \\
                "$(date +%s)" "$1"
            }
            old() {
              printf '{"type":"trade","timestamp":%s000,"price":"%s","qty":"1","side":"sell","id":"%s"}\\n' \\
                "$(($(date +%s)-$3))" "$2" "$1"
            }
            depth 1
            trade 1 50000
            status connected
            until [ -e go ]; do sleep 0.1; done
            trade 2 50000
            old 3 40000 50
            old 4 41000 7200
            old 5 42000 90000
            depth 2
            until [ -e on ]; do sleep 0.1; done
            trade 6 50010
            idle
            """;

    @Test
    void lateTradesCountForTheirTimeOnly(Jar jar) throws Exception {
        jar.ownRoutes();
        String route = Files.readString(jar.route("trades"));
        Files.writeString(
                jar.route("trades"),
                RouteEdit.appended(
                        route,
                        "- filter:\n            simple: \"${body.late}\"\n"
                                + "            steps:\n              - log: \"a late one ${body.id}\""));
        jar.with("PAPER_LIMIT_DAILY_LOSS", "5000").script(MARKET).start();
        jar.awaitTrades(1);
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_late_trades_total{category=\"linear\",symbol=\"BTCUSDT\",venue=\"custom\"} 0.0");
        for (int i = 0; i < 4; i++) {
            assertThat(order(jar, "{\"side\":\"buy\",\"qty\":\"0.4\"}")).isEqualTo(200);
        }
        assertThat(order(jar, "{\"side\":\"sell\",\"type\":\"stop\",\"qty\":\"1.6\",\"stop_price\":\"45000\"}"))
                .isEqualTo(200);
        String equity = jar.json("/strategy/positions").at("/account/equity").asText();
        StreamSocket client = StreamSocket.open(jar, "?channels=trades");
        client.await("the price", m -> m.path("type").asText().equals("price"));

        jar.write("go", "");
        jar.awaitTrades(5);

        assertThat(jar.json("/price").path("price").asText()).isEqualTo("50000");
        JsonNode context = jar.json("/context");
        assertThat(context.at("/price/price").asText()).isEqualTo("50000");
        assertThat(jar.health().at("/symbols/BTCUSDT/last_price").asText()).isEqualTo("50000");
        assertThat(jar.json("/strategy/positions").at("/account/equity").asText())
                .isEqualTo(equity);
        assertThat(jar.json("/strategy/status").path("state").asText()).isEqualTo("running");
        assertThat(jar.json("/strategy/orders?status=open").path("orders")).hasSize(1);
        JsonNode candles = jar.json("/strategy/candles?timeframe=1h&count=10").path("candles");
        assertThat(candles.get(candles.size() - 1).path("close").asText()).isEqualTo("50000");
        client.await("the last of them", m -> m.path("id").asText().equals("5"));
        assertThat(client.messages("trade"))
                .extracting(m -> m.path("id").asText() + ' ' + m.path("late").asBoolean())
                .containsExactly("2 false", "3 true", "4 true", "5 true");
        jar.awaitLog("a late one \\d", 3);
        assertThat(jar.log("a late one \\d")).hasSize(3);
        String metrics = jar.get("/observe/metrics").body();
        assertThat(metrics)
                .contains("livefeed_late_trades_total{category=\"linear\",symbol=\"BTCUSDT\",venue=\"custom\"} 3.0");
        assertThat(metrics).containsPattern("livefeed_exchange_lag_seconds_max \\d\\.");

        jar.write("on", "");
        jar.awaitTrades(6);
        assertThat(jar.json("/price").path("price").asText()).isEqualTo("50010");
        assertThat(jar.json("/dead-letters")).isEmpty();
    }

    private int order(Jar jar, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + jar.port() + "/strategy/orders"))
                                .timeout(Duration.ofSeconds(10))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
