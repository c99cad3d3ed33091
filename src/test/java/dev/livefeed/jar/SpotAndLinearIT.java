package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instruments with the same symbol in one program. */
@ExtendWith(JarExtension.class)
class SpotAndLinearIT {

    private static final String BOTH = "bybit:linear:BTCUSDT, bybit:spot:BTCUSDT";

    @Test
    void spotAndLinearOfASymbolAreTwoMarkets(Jar jar) throws Exception {
        jar.with("SYMBOL", "BTCUSDT,spot:BTCUSDT").start();
        JsonNode health = jar.awaitHealth(
                "both books and trades",
                h -> h.at("/connector/ready").asBoolean()
                        && h.at("/symbols/BTCUSDT/trades").asLong() > 0
                        && h.at("/symbols/spot:BTCUSDT/trades").asLong() > 0);

        assertThat(health.path("subscriptions").findValuesAsText("category"))
                .containsExactly("linear", "linear", "spot", "spot");
        assertThat(health.path("subscriptions").findValuesAsText("state")).containsOnly("confirmed");
        JsonNode linear = jar.json("/book?symbol=linear:BTCUSDT");
        JsonNode spot = jar.json("/book?symbol=bybit:spot:BTCUSDT");
        assertThat(linear.path("state").asText()).isEqualTo("synced");
        assertThat(spot.path("state").asText()).isEqualTo("synced");
        assertThat(spot.path("category").asText()).isEqualTo("spot");
        assertThat(spot.path("bids")).isNotEqualTo(linear.path("bids"));
        assertThat(jar.json("/price").path("category").asText()).isEqualTo("linear");
        assertThat(jar.json("/context?symbol=spot:BTCUSDT").path("venue").asText())
                .isEqualTo("bybit");
        for (String path : new String[] {
            "/price", "/book", "/context", "/debug/exchangeinfo", "/strategy/candles", "/strategy/orders"
        }) {
            HttpResponse<String> ambiguous = jar.get(path + "?symbol=BTCUSDT");
            assertThat(ambiguous.statusCode()).as(path).isEqualTo(400);
            assertThat(ambiguous.body()).contains("ambiguous; it must be one of " + BOTH);
        }
        for (String unknown : new String[] {"inverse:BTCUSDT", "foo:BTCUSDT", "other:spot:BTCUSDT"}) {
            HttpResponse<String> refused = jar.get("/price?symbol=" + unknown);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("known are bybit:linear, bybit:spot, such as bybit:linear:BTCUSDT");
        }
        assertThat(jar.json("/strategy/orders?symbol=spot:BTCUSDT").path("orders"))
                .isEmpty();
        assertThat(jar.get("/price?symbol=spot:NOSUCH").statusCode()).isEqualTo(404);
        JsonNode ticker = jar.json("/ticker?symbol=spot:BTCUSDT");
        assertThat(ticker.path("ts").isNull()).isTrue();
        assertThat(ticker.path("fresh").asBoolean()).isFalse();
        assertThat(jar.get("/observe/metrics").body())
                .contains(
                        "livefeed_events_total{category=\"linear\",symbol=\"BTCUSDT\",type=\"depth\",venue=\"bybit\"}")
                .contains("livefeed_events_total{category=\"spot\",symbol=\"BTCUSDT\",type=\"depth\",venue=\"bybit\"}");

        StreamSocket client = StreamSocket.open(jar, "?channels=trades&symbols=spot:BTCUSDT");
        client.await("a trade", m -> m.path("type").asText().equals("trade"));
        assertThat(client.messages("trade"))
                .allMatch(m -> m.path("category").asText().equals("spot"));

        assertThat(order(jar, "spot:BTCUSDT").statusCode()).isEqualTo(200);
        assertThat(order(jar, "linear:BTCUSDT").statusCode()).isEqualTo(200);
        assertThat(order(jar, "BTCUSDT").statusCode()).isEqualTo(400);
        assertThat(jar.json("/strategy/positions").path("positions").findValuesAsText("category"))
                .containsExactlyInAnyOrder("linear", "spot");
        jar.stop();

        assertThat(Files.walk(jar.folder()).map(path -> path.toString().replace('\\', '/')))
                .anyMatch(path -> path.matches(".*/context/[^/]*/linear/BTCUSDT\\.json"))
                .anyMatch(path -> path.matches(".*/context/[^/]*/spot/BTCUSDT\\.json"));
    }

    private static HttpResponse<String> order(Jar jar, String symbol) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + jar.port() + "/strategy/orders"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"side\":\"buy\",\"qty\":\"0.01\",\"symbol\":\"" + symbol + "\"}"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
