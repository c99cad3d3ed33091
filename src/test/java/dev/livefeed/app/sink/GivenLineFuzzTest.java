package dev.livefeed.app.sink;

import dev.livefeed.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Any body is a line for the sinks or is refused; a line that was accepted can be read and written again. */
class GivenLineFuzzTest {

    @Test
    void lines() throws Exception {
        new Fuzz("lines").run(body -> {
            byte[] line;
            String type = LineFields.type(body);
            try {
                line = GivenLine.of(type, body);
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
            LineFields fields = LineFields.of(line);
            fields.key();
            LineFields.of(fields.json().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return null;
        });
    }
}
