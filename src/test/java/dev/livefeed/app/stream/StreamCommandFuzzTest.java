package dev.livefeed.app.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.fuzz.Fuzz;
import dev.livefeed.protocol.model.Ids;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any text of a client of the stream is a command or is refused. */
class StreamCommandFuzzTest {

    private final StreamNames names = new StreamNames(
            List.of("1m", "5m"),
            List.of("trades", "depth", "depth.200", "ticker"),
            List.of(),
            () -> List.of(Ids.linear("BTCUSDT"), Ids.spot("BTCUSDT"), Ids.linear("ETHUSDT")));

    @Test
    void commands() throws Exception {
        new Fuzz("stream-commands").run(bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            JsonNode tree = StreamCommand.tree(text);
            try {
                StreamCommand.of(tree, text, names);
                return null;
            } catch (BadRequestException e) {
                return e.getMessage();
            }
        });
    }
}
