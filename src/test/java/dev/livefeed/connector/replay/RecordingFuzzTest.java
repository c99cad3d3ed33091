package dev.livefeed.connector.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.fuzz.Fuzz;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any file is a recording: its lines are read or reported, and it ends. */
class RecordingFuzzTest {

    @TempDir
    Path folder;

    private final EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> 1_795_358_219_344_000L);
    private final RecordedTime times = new RecordedTime(1_795_358_219_344_000L);

    @Test
    void recordings() throws Exception {
        Path file = folder.resolve("recording.ndjson");
        new Fuzz("recordings").run(bytes -> {
            Files.write(file, bytes);
            List<String> errors = new ArrayList<>();
            List<Path> files = RecordedFiles.find(file.toString(), errors);
            if (!errors.isEmpty()) {
                return inFolder(errors.get(0));
            }
            try (Recording recording = new Recording(files, errors::add)) {
                while (recording.next()) {
                    assertThat(recording.length()).isBetween(1, Recording.MAX_LINE_BYTES);
                    try {
                        Event event = reader.read(recording.buffer(), recording.offset(), recording.length());
                        times.of(event);
                    } catch (InvalidEventException e) {
                        errors.add(OneLine.of(e.getMessage()));
                    }
                }
            }
            return errors.isEmpty() ? null : inFolder(errors.get(0));
        });
    }

    private String inFolder(String text) {
        return text.replace(folder.toString(), "FOLDER");
    }
}
