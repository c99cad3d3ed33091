package dev.livefeed.app.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.state.DamagedStateException;
import dev.livefeed.app.state.StateFile;
import dev.livefeed.fuzz.Fuzz;
import dev.livefeed.protocol.model.Ids;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any content of a state file is restored or refused with its reason. */
class ContextFuzzTest {

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void contents() throws Exception {
        new Fuzz("context").run(bytes -> {
            JsonNode content;
            try {
                content = json.readTree(bytes);
            } catch (JsonProcessingException e) {
                return file(bytes); // as a whole file
            }
            try {
                SymbolContext context = new SymbolContext(Ids.bare("BTCUSDT"), ContextRules.DEFAULT);
                ContextState.read(content).restoreTo(context, ContextRules.DEFAULT);
                context.view();
                ContextState.write(Ids.bare("BTCUSDT"), context);
                return null;
            } catch (DamagedStateException e) {
                return e.getMessage();
            }
        });
    }

    private String file(byte[] bytes) throws Exception {
        Path file = folder.resolve("state.json");
        Files.write(file, bytes);
        try {
            new StateFile(file, ContextState.KIND, ContextState.VERSION).read();
            return null;
        } catch (DamagedStateException e) {
            return e.getMessage();
        }
    }
}
