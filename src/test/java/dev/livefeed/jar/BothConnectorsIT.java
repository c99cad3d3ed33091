package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connectors of both venues on one exchange, in one application: everything shows both, and one needs no other. */
@ExtendWith(JarExtension.class)
class BothConnectorsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void bothVenuesSideBySide(Jar jar) throws Exception {
        try (ExchangeServer exchange = ExchangeServer.start(ExchangeConfig.builder()
                .venues(Set.of(Venue.BYBIT, Venue.BINANCE))
                .levels(100)
                .tradesKept(50_000)
                .build())) {
            jar.ownRoutes();
            RouteEdit.append(jar.route("trades"), "- log: \"arrived ${body.venue} ${body.id}\"");
            jar.with("DATA_SOURCE", "bybit_connector,binance_ws")
                    .with("SYMBOL", "BTCUSDT")
                    .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                    .with("BYBIT_REST_BASE_URL", exchange.restUrl())
                    .with("BINANCE_WS_BASE_URL", exchange.streamUrl())
                    .with("BINANCE_REST_BASE_URL", exchange.restUrl())
                    .with("LOG_LINES_PER_SECOND", "0")
                    .start();
            JsonNode before = jar.awaitHealth(
                    "both",
                    h -> well(h, "bybit")
                            && well(h, "binance")
                            // Of the last heartbeat, which may be older than the book.
                            && of(h, "binance")
                                            .at("/progress/snapshots/percentage")
                                            .asInt()
                                    == 100);
            showsBoth(jar, before);

            ProcessHandle killed = ProcessHandle.of(pid(before, "binance")).orElseThrow();
            killed.destroyForcibly();
            long seen = arrived(jar, "bybit").size();
            JsonNode after =
                    jar.awaitHealth("the next one", h -> well(h, "binance") && pid(h, "binance") != killed.pid());
            Jar.soon().until(() -> arrived(jar, "bybit").size() > seen);

            assertThat(pid(after, "bybit")).isEqualTo(pid(before, "bybit"));
            assertThat(of(after, "bybit").at("/connector_health/starts").asLong())
                    .isOne();
            assertThat(of(after, "bybit").at("/connector_health/error_count").asLong())
                    .isZero();
            assertThat(after.at("/symbols/bybit:linear:BTCUSDT/gaps").asLong()).isZero();
            assertThat(jar.log("connector_disconnected")).noneMatch(line -> line.endsWith(" venue=bybit"));
            completeRun(arrived(jar, "bybit"), ids(exchange, "category=linear", "execId"));
            assertThat(jar.log("bybit_connector_process_died"))
                    .singleElement()
                    .asString()
                    .endsWith(" venue=binance");
            assertThat(jar.log("connector_connected.* venue=binance$")).hasSize(2);
            jar.stop();
        }
    }

    @Test
    void theSimulatorStandsForBothVenues(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "simulator")
                .with("SIMULATOR_VENUE", "bybit,binance")
                .with("SYMBOL", "bybit:spot:BTCUSDT,binance:spot:BTCUSDT")
                .start();
        JsonNode health = jar.awaitHealth("both", h -> well(h, "bybit") && well(h, "binance"));

        assertThat(health.at("/overall/ready").asBoolean()).isTrue();
        assertThat(health.at("/overall/synthetic").asBoolean()).isTrue();
        jar.stop();
    }

    private static void showsBoth(Jar jar, JsonNode health) throws Exception {
        assertThat(health.at("/overall/ready").asBoolean()).isTrue();
        assertThat(health.path("symbols").findValuesAsText("book")).containsExactly("synced", "synced");
        assertThat(of(health, "bybit").at("/progress/snapshots").isNull()).isTrue();
        for (String venue : List.of("bybit", "binance")) {
            assertThat(of(health, venue).at("/progress/backfill/status").asText())
                    .isEqualTo("skipped");
            String symbol = venue + (venue.equals("bybit") ? ":linear:" : ":spot:") + "BTCUSDT";
            assertThat(jar.json("/context?symbol=" + symbol).path("venue").asText())
                    .isEqualTo(venue);
            assertThat(jar.json("/book?symbol=" + symbol).path("state").asText())
                    .isEqualTo("synced");
        }
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_connected{venue=\"bybit\"} 1.0", "livefeed_connected{venue=\"binance\"} 1.0")
                .contains(
                        "livefeed_events_total{category=\"linear\",symbol=\"BTCUSDT\",type=\"depth\",venue=\"bybit\"}",
                        "livefeed_events_total{category=\"spot\",symbol=\"BTCUSDT\",type=\"depth\",venue=\"binance\"}");
        StreamSocket client = StreamSocket.open(jar, "?channels=trades");
        for (String venue : List.of("bybit", "binance")) {
            client.await(
                    "a trade of " + venue,
                    m -> m.path("type").asText().equals("trade")
                            && m.path("venue").asText().equals(venue));
        }
    }

    /** Ready, and trades have come. */
    private static boolean well(JsonNode health, String venue) {
        return of(health, venue).path("ready").asBoolean()
                && health.path("symbols").properties().stream()
                        .filter(symbol ->
                                symbol.getValue().path("venue").asText().equals(venue))
                        .allMatch(symbol -> symbol.getValue().path("trades").asLong() > 0);
    }

    private static JsonNode of(JsonNode health, String venue) {
        return health.path("connectors").path(venue);
    }

    private static long pid(JsonNode health, String venue) {
        return of(health, venue).at("/connector_health/pid").asLong();
    }

    private static List<String> arrived(Jar jar, String venue) {
        return jar.log("arrived " + venue + ' ').stream()
                .map(line -> line.replaceAll(".*arrived \\w+ (\\S+).*", "$1"))
                .toList();
    }

    /** All trades from the first to the last that arrived, once and in order. */
    private static void completeRun(List<String> arrived, List<String> made) {
        int first = made.indexOf(arrived.get(0));
        assertThat(first).isNotNegative();
        assertThat(arrived).isEqualTo(made.subList(first, Math.min(made.size(), first + arrived.size())));
    }

    private static List<String> ids(ExchangeServer exchange, String query, String field) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(exchange.restUrl() + "/control/trades?symbol=BTCUSDT&" + query))
                .build();
        JsonNode answer = Jar.parse(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        List<String> ids = new ArrayList<>();
        answer.path("list").forEach(row -> ids.add(row.path(field).asText()));
        return ids;
    }
}
