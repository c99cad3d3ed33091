package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A feed on several connections, of which one may be down. */
@ExtendWith(JarExtension.class)
class ConnectionsIT {

    private int exchange;

    @Test
    void healthReportsExactlyTheConnectionThatIsDown(Jar jar) throws Exception {
        jar.write("bybit.json", "{\"topics_per_connection\": 2}");
        exchange = Jar.freePort();
        jar.with("SIMULATOR_PORT", exchange)
                .with("SYMBOL", "BTCUSDT,ETHUSDT,SOLUSDT")
                .with("BYBIT_CONNECTOR_CONFIG_FILE", "bybit.json")
                .start();
        jar.awaitHealth("all is ready", h -> h.at("/connector/ready").asBoolean());
        JsonNode sessions = control("GET", "/control/sessions");
        assertThat(sessions.findValues("topics")).hasSize(3).allSatisfy(topics -> assertThat(topics)
                .hasSize(2)
                .extracting(topic -> topic.asText().substring(topic.asText().lastIndexOf('.')))
                .as("one symbol per connection")
                .containsOnly(
                        topics.get(0).asText().substring(topics.get(0).asText().lastIndexOf('.'))));

        control("POST", "/control/fault?kind=handshake&status=503&count=4");
        control("POST", "/control/fault?kind=drop&connection=" + connectionOf(sessions, "ETHUSDT"));

        JsonNode down = jar.awaitState("degraded");
        assertThat(down.at("/connector/connected").asBoolean()).isTrue();
        assertThat(down.at("/connector/ready").asBoolean()).isFalse();
        assertThat(down.at("/connector/connector_health/connections_down").fieldNames())
                .toIterable()
                .containsExactly("linear-2");
        assertThat(down.at("/connector/reasons").toString()).contains("connection linear-2 is down");
        JsonNode stale = jar.awaitHealth(
                "the book of ETHUSDT is stale",
                h -> h.at("/symbols/ETHUSDT/book").asText().equals("stale"));
        assertThat(stale.at("/symbols/BTCUSDT/book").asText()).isEqualTo("synced");
        assertThat(stale.at("/symbols/SOLUSDT/book").asText()).isEqualTo("synced");
        jar.awaitTrades(Jar.trades(stale) + 1);

        JsonNode again = jar.awaitState("synthetic");
        assertThat(again.at("/connector/connector_health/exchange_disconnects").asLong())
                .isGreaterThan(1);
        jar.awaitHealth("all is ready", h -> h.at("/connector/ready").asBoolean());
        assertThat(jar.health().at("/dead_letters/total").asInt()).isZero();
        jar.stop();
    }

    @Test
    @Tag("drill")
    void instrumentOfTheConnectionThatIsDownIsNotReadyAlsoIfAnyIsEnough(Jar jar) throws Exception {
        jar.write("bybit.json", "{\"topics_per_connection\": 2}");
        exchange = Jar.freePort();
        jar.with("SIMULATOR_PORT", exchange)
                .with("SYMBOL", "BTCUSDT,ETHUSDT")
                .with("CONNECTOR_CHANNELS", "trades")
                .with("READY_WHEN", "any")
                .with("BYBIT_CONNECTOR_CONFIG_FILE", "bybit.json")
                .start();
        jar.awaitHealth(
                "both are ready", h -> h.at("/connector/readiness/ready").asInt() == 2);

        control("POST", "/control/fault?kind=handshake&status=503&count=4");
        control(
                "POST",
                "/control/fault?kind=drop&connection=" + connectionOf(control("GET", "/control/sessions"), "ETHUSDT"));

        JsonNode down = jar.awaitState("degraded").path("connector");
        assertThat(down.path("ready").asBoolean()).isTrue();
        assertThat(down.at("/readiness/ready").asInt()).isOne();
        assertThat(down.at("/readiness/not_ready/0/instrument").asText()).isEqualTo("ETHUSDT");
        assertThat(down.at("/readiness/not_ready/0/reasons/0").asText()).startsWith("connection linear-2 is down: ");

        jar.awaitHealth(
                "both are ready again", h -> h.at("/connector/readiness/ready").asInt() == 2);
        jar.stop();
    }

    @Test
    @Tag("drill")
    void booksOfDifferentDepthsOfASymbolAreSeparate(Jar jar) throws Exception {
        exchange = Jar.freePort();
        jar.with("SIMULATOR_PORT", exchange)
                .with("CONNECTOR_CHANNELS", "trades,depth.1,depth.50,depth.200")
                .start();
        jar.awaitHealth("all is ready", h -> h.at("/connector/ready").asBoolean());
        jar.awaitTrades(20);

        JsonNode book = jar.json("/book?levels=200");
        assertThat(book.path("bids").size()).isGreaterThan(50);
        control("POST", "/control/fault?kind=lost&topic=orderbook.50.BTCUSDT");
        jar.awaitHealth(
                "a resync of the one that lost an update",
                h -> h.at("/connector/connector_health/statuses/resyncing").asInt() == 1);
        JsonNode health = jar.awaitHealth(
                "three books and the one again",
                h -> h.at("/connector/connector_health/statuses/synced").asInt() == 4
                        && h.at("/connector/ready").asBoolean());
        assertThat(health.at("/dead_letters/total").asInt()).isZero();
        assertThat(health.at("/symbols/BTCUSDT/gaps").asInt()).isZero();
        jar.stop();
    }

    private static String connectionOf(JsonNode sessions, String symbol) {
        for (JsonNode session : sessions.path("sessions")) {
            if (session.path("topics").toString().contains(symbol)) {
                return session.path("connection").asText();
            }
        }
        throw new IllegalStateException("no connection carries " + symbol + ": " + sessions);
    }

    private JsonNode control(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exchange + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        JsonNode body = Jar.parse(answer.body());
        return body.has("result") ? body.path("result") : body;
    }
}
