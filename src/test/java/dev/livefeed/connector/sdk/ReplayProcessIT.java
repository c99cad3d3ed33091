package dev.livefeed.connector.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Statuses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay connector as a process: end, stop and slow readers. */
class ReplayProcessIT {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private Map<String, String> recording(int trades) throws IOException {
        List<String> lines = IntStream.range(0, trades)
                .mapToObj(i -> "{\"type\":\"trade\",\"timestamp\":" + (1_780_000_000_000L + i * 1_000L)
                        + ",\"symbol\":\"BTCUSDT\",\"price\":100,\"qty\":1,\"side\":\"sell\",\"id\":" + i + "}")
                .toList();
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "REPLAY_FILE", Files.write(folder.resolve("day.ndjson"), lines).toString());
        environment.put("SYMBOL", "BTCUSDT");
        environment.put("CONNECTOR_CHANNELS", "trades");
        return environment;
    }

    @Test
    void playsToTheEndAndExitsWithZero() throws Exception {
        try (ConnectorChild replay = ConnectorChild.start(recording(50_000), "replay")) {
            replay.awaitStatus(ConnectionUp.STATUS);
            replay.subscribe("trades", "BTCUSDT", "c-1");

            assertThat(replay.awaitExit(ConnectorChild.TIMEOUT)).isZero();
            List<Trade> trades = replay.events(Trade.class);
            assertThat(trades).hasSize(50_000);
            assertThat(trades.get(49_999).id()).isEqualTo("49999");
            assertThat(replay.events().get(0))
                    .isEqualTo(Statuses.with(
                            Statuses.with(
                                    Statuses.with(Statuses.of(ConnectionUp.STATUS, "replay"), "synthetic", true),
                                    "replay",
                                    true),
                            "speed",
                            "max"));
            assertThat(replay.statuses("recording_ended")).hasSize(1);
            assertThat(replay.invalid()).isEmpty();
        }
    }

    @Test
    void slowReaderGetsEverything() throws Exception {
        try (ConnectorChild replay = ConnectorChild.startUnread(recording(3_000), "replay")) {
            replay.subscribe("trades", "BTCUSDT", "c-1");
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> replay.stderr().stream().anyMatch(line -> line.contains("replay_ended")));
            // Longer than a stop waits for the last events.
            await().pollDelay(Duration.ofSeconds(3))
                    .until(() -> replay.process().isAlive());

            replay.readEvents();

            assertThat(replay.awaitExit(ConnectorChild.TIMEOUT)).isZero();
            assertThat(replay.events(Trade.class)).hasSize(3_000);
        }
    }

    @Test
    void stopEndsAReplayThatIsNotRead() throws Exception {
        try (ConnectorChild replay = ConnectorChild.startUnread(recording(3_000), "replay")) {
            replay.subscribe("trades", "BTCUSDT", "c-1");
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> replay.stderr().stream().anyMatch(line -> line.contains("replay_ended")));

            replay.send("{\"command\":\"stop\"}");

            assertThat(replay.awaitExit(STOP_LIMIT)).isZero();
        }
    }

    @Test
    void stopsWhilePlaying() throws Exception {
        Map<String, String> environment = recording(1_000);
        environment.put("REPLAY_SPEED", "1");
        try (ConnectorChild replay = ConnectorChild.start(environment, "replay")) {
            replay.subscribe("trades", "BTCUSDT", "c-1");
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> replay.events(Trade.class).size() >= 2);
            assertThat(replay.statuses(Heartbeat.STATUS)).isNotEmpty();

            replay.endCommands();

            assertThat(replay.awaitExit(STOP_LIMIT)).isZero();
            assertThat(replay.events(Trade.class)).hasSizeLessThan(100);
        }
    }

    @Test
    void missingRecordingIsAConfigurationError() throws Exception {
        try (ConnectorChild replay = ConnectorChild.start(Map.of("REPLAY_FILE", "/no/such/day.ndjson"), "replay")) {
            assertThat(replay.awaitExit(ConnectorChild.TIMEOUT)).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(replay.events()).isEmpty();
            assertThat(replay.stderr()).singleElement().asString().startsWith("REPLAY_FILE: /no/such/day.ndjson");
        }
    }
}
