package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.fuzz.Fuzz;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.model.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both parsers of lines agree on any bytes, and an event that was read can be written and read again. */
class LineFuzzTest {

    private static final long NOW = 1_795_358_219_344_000L;

    private final EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> NOW);
    private final EventReader json = new EventReader(List.of("BTCUSDT"), false, () -> NOW);

    @Test
    void lines() throws Exception {
        new Fuzz("lines").run(this::read);
    }

    private String read(byte[] line) throws Exception {
        Event event = null;
        String refused = null;
        try {
            event = reader.read(line);
        } catch (InvalidEventException e) {
            refused = e.reason() + ": " + e.getMessage();
        }
        Event fromJson = null;
        String refusedJson = null;
        try {
            fromJson = json.readJson(line, 0, line.length);
        } catch (InvalidEventException e) {
            refusedJson = e.reason() + ": " + e.getMessage();
        }
        assertThat(refused).isEqualTo(refusedJson);
        assertThat(event).isEqualTo(fromJson);
        if (event != null && EventForms.types().contains(event.type())) {
            assertThat(written(reader.read(written(event)))).isEqualTo(written(event));
        }
        return refused == null ? null : OneLine.of(refused); // as in the dead letters
    }

    private static byte[] written(Event event) {
        byte[] bytes = new EventWriter().write(event).toBytes();
        return java.util.Arrays.copyOf(bytes, bytes.length - 1);
    }
}
