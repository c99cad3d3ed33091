package dev.livefeed.connector.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.command.ReplaySpeed;
import dev.livefeed.protocol.model.Times;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults, and one line per error. */
class ReplaySettingsTest {

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void writeRecording() throws Exception {
        environment.put("REPLAY_FILE", write("day.ndjson", "{}\n").toString());
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private void assertRejected(String... lines) {
        assertThatThrownBy(() -> ReplaySettings.read(environment))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(lines.length))
                .hasMessageContainingAll(lines);
    }

    @Test
    void defaults() throws Exception {
        ReplaySettings settings = ReplaySettings.read(environment);

        assertThat(settings)
                .isEqualTo(new ReplaySettings(
                        List.of(folder.resolve("day.ndjson")),
                        ReplaySpeed.MAX,
                        -1,
                        Long.MAX_VALUE,
                        List.of(),
                        List.of(),
                        50));
    }

    @Test
    void allSettings() throws Exception {
        environment.put("REPLAY_FILE", folder.resolve("day.ndjson") + " , " + write("a,b.ndjson", "{}"));
        environment.put("REPLAY_SPEED", "0.5");
        environment.put("REPLAY_FROM", "2026-11-25");
        environment.put("REPLAY_TO", "2026-11-25T08:00:00+01:00");
        environment.put("SYMBOL", "BTCUSDT, ETHUSDT,");
        environment.put("CONNECTOR_CHANNELS", "trades");
        environment.put("BYBIT_DEPTH", "200");
        environment.put("REPLAY_FILE", folder.resolve("a,b.ndjson").toString());

        assertThat(ReplaySettings.read(environment))
                .isEqualTo(new ReplaySettings(
                        List.of(folder.resolve("a,b.ndjson")),
                        new ReplaySpeed(0.5),
                        Times.micros(Instant.parse("2026-11-25T00:00:00Z")),
                        Times.micros(Instant.parse("2026-11-25T07:00:00Z")),
                        List.of("BTCUSDT", "ETHUSDT"),
                        List.of("trades"),
                        200));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    REPLAY_SPEED | fast | REPLAY_SPEED is "fast"; it must be max, or a number above 0
                    REPLAY_SPEED | 0    | REPLAY_SPEED is "0"; it must be max, or a number above 0
                    REPLAY_SPEED | -1   | REPLAY_SPEED is "-1"; it must be max, or a number above 0
                    REPLAY_FROM  | noon | REPLAY_FROM is "noon"; it must be a time such as 2026-11-25T08:00:00Z
                    REPLAY_TO    | 2026-13-01 | REPLAY_TO is "2026-13-01"; it must be a time such as
                    REPLAY_FILE  | /no/such/file | REPLAY_FILE: /no/such/file does not exist; it must name a recording
                    REPLAY_FILE  | ''   | REPLAY_FILE is not set; it must name a recording
                    """)
    void invalidValues(String variable, String value, String line) {
        environment.put(variable, value);

        assertRejected(line);
    }

    @Test
    void endMustBeAfterTheStart() {
        environment.put("REPLAY_FROM", "2026-11-25");
        environment.put("REPLAY_TO", "2026-11-25");

        assertRejected("REPLAY_TO is \"2026-11-25\"; it must be later than REPLAY_FROM");
    }

    @Test
    void invalidFiles() throws Exception {
        environment.put("REPLAY_FILE", folder.resolve("gone.ndjson") + "," + zstd());
        assertRejected(
                "gone.ndjson does not exist",
                "day.zst is compressed with zstd, which is not supported; decompress it (zstd -d)");

        environment.put("REPLAY_FILE", write("empty", "").toString());
        assertRejected("empty is empty; there is nothing to replay");

        environment.put(
                "REPLAY_FILE", Files.createDirectory(folder.resolve("none")).toString());
        assertRejected("none contains no recording; file names must end in .ndjson, .jsonl, .ndjson.gz or .jsonl.gz");
    }

    private Path zstd() throws Exception {
        return Files.write(folder.resolve("day.zst"), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 1});
    }
}
