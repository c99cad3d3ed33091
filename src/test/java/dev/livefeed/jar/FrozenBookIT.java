package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A book whose updates are lost while its symbol trades: it is suspect, not ready, and subscribed again. */
@Tag("drill")
@ExtendWith(JarExtension.class)
class FrozenBookIT {

    private static final String FAULT = "/control/fault?category=linear&topic=orderbook.%s.BTCUSDT&kind=";

    private int exchange;

    @Test
    void bookThatItsTradesContradictIsNotReadyUntilItIsSubscribedAgain(Jar jar) throws Exception {
        exchange = Jar.freePort();
        jar.with("SIMULATOR_PORT", exchange)
                .with("SYMBOL", "BTCUSDT,ETHUSDT")
                .with("CONNECTOR_CHANNELS", "trades,depth,depth.rpi")
                .with("UNREADY_AFTER", "0s")
                .start();
        jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
        StreamSocket stream = StreamSocket.open(jar, "");

        control("POST", FAULT.formatted(50) + "slow-snapshot&by=4s");
        control("POST", FAULT.formatted(50) + "lost&count=1000000");
        JsonNode unready = jar.awaitHealth(
                "the frozen book", h -> !h.at("/connector/ready").asBoolean());
        assertThat(unready.at("/connector/reasons").toString())
                .contains("BTCUSDT")
                .doesNotContain("ETHUSDT");
        assertThat(unready.at("/connector/connected").asBoolean()).isTrue();
        control("DELETE", "/control/faults");
        jar.awaitHealth("ready again", h -> h.at("/connector/ready").asBoolean());

        JsonNode suspect = stream.await("the suspicion", m -> is(m, "suspect"));
        assertThat(suspect.path("symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(suspect.path("reason").asText()).contains("trade");
        List<String> statuses = stream.messages("status").stream()
                .filter(m -> m.path("symbol").asText().equals("BTCUSDT"))
                .filter(m -> m.path("channel").asText().equals("depth"))
                .filter(m -> is(m, "suspect") || is(m, "resyncing") || is(m, "synced"))
                .map(m -> m.path("status").asText())
                .toList();
        assertThat(statuses).startsWith("suspect", "resyncing", "synced");
        assertThat(stream.messages("status"))
                .noneMatch(m -> is(m, "disconnected") || is(m, "gap"))
                .noneMatch(m -> m.path("symbol").asText().equals("ETHUSDT") && is(m, "resyncing"));

        control("POST", FAULT.formatted("rpi") + "slow-snapshot&by=4s");
        control("POST", FAULT.formatted("rpi") + "lost&count=1000000");
        JsonNode unreadyAgain = jar.awaitHealth(
                "the frozen RPI book", h -> !h.at("/connector/ready").asBoolean());
        assertThat(unreadyAgain.at("/connector/reasons").toString()).contains("book depth.rpi of", "is suspect");
        control("DELETE", "/control/faults");
        jar.awaitHealth("ready again", h -> h.at("/connector/ready").asBoolean());
        jar.stop();
    }

    private static boolean is(JsonNode message, String status) {
        return message.path("status").asText().equals(status);
    }

    private void control(String method, String path) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exchange + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
}
