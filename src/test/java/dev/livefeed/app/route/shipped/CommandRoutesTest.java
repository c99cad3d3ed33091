package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.protocol.model.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** Commands to a process: the subscriptions and commands routes. */
class CommandRoutesTest extends ShippedRoutesTestSupport {

    private final RecordedSteps steps = new RecordedSteps();
    private final Subscriptions subscriptions =
            new Subscriptions(Ids.configured("BTCUSDT", "ETHUSDT"), List.of("trades", "depth"));

    CommandRoutesTest() {
        super("commands");
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("subscriptions", subscriptions);
        registry.bind("connectorCommands", steps.bean("connectorCommands"));
    }

    private List<JsonNode> sent() throws Exception {
        List<JsonNode> sent = new ArrayList<>();
        for (RecordedSteps.Call call : steps.calls()) {
            assertThat(call.step()).isEqualTo("connectorCommands.send");
            assertThat((String) call.body()).doesNotContain("\n");
            sent.add(new ObjectMapper().readTree((String) call.body()));
        }
        return sent;
    }

    @Test
    void aProcessIsAskedForEachWantedStreamByACommandOfItsOwn() throws Exception {
        template.sendBody("direct:subscriptions", null);

        assertThat(sent())
                .extracting(command -> command.path("command").asText()
                        + ' '
                        + command.path("symbol").asText()
                        + ' '
                        + command.path("channel").asText())
                .containsExactlyInAnyOrder(
                        "subscribe BTCUSDT trades",
                        "subscribe BTCUSDT depth",
                        "subscribe ETHUSDT trades",
                        "subscribe ETHUSDT depth");
    }

    @Test
    void aCommandIsOneLineOfJson() throws Exception {
        template.sendBody("direct:commands", Map.of("command", "resync", "symbol", "BTCUSDT"));

        assertThat(sent()).singleElement().satisfies(command -> {
            assertThat(command.path("command").asText()).isEqualTo("resync");
            assertThat(command.path("symbol").asText()).isEqualTo("BTCUSDT");
        });
    }
}
