package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.paper.Fill;
import dev.livefeed.app.paper.JournalEntry;
import dev.livefeed.app.paper.PaperSettings;
import dev.livefeed.app.paper.PaperSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays a day of three symbols with the shipped strategies twice and compares the journals byte for byte. The second
 * replay runs in another process, because effects such as the order of hash tables are constant within one.
 */
class ReplayedRunIT {

    /** Small enough that several files are started, each with the whole state. */
    private static final long FILE_BYTES = 30_000;

    @TempDir
    Path temp;

    @Test
    void replayGivesIdenticalJournals() throws Exception {
        Path here = temp.resolve("here");
        play(here);
        Path there = temp.resolve("there");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplayProcess.class.getName(),
                        there.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("out").toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> tail(temp.resolve("out"))).isZero();
        } finally {
            process.destroyForcibly();
        }

        Map<String, String> first = files(here);
        assertThat(first).hasSizeGreaterThan(2);
        assertThat(files(there)).isEqualTo(first);
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    private static Map<String, String> files(Path folder) throws Exception {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    static void play(Path folder) throws Exception {
        PaperSettings settings =
                PaperSetup.settings(folder, "linear", "1000000000", "1000000000", "1000000000", FILE_BYTES);
        try (StrategyRig rig = new StrategyRig(settings, true, "1m,5m", "1m")) {
            rig.shipped("strategy-sweep").shipped("strategy-vwap-reversion").shipped("strategy-opening-range");
            GeneratedDay.play(7, rig);
            JournalEntry.State state = rig.broker.state();
            assertThat(rig.strategies.queues().outOfStep()).isZero();
            assertThat(rig.strategies.queues().states()).allSatisfy(queue -> assertThat(queue.failed())
                    .as("%s: %s", queue.strategy(), queue.lastFailure())
                    .isZero());
            assertThat(state.fills()).extracting(Fill::strategy).contains("sweep", "vwap-reversion", "opening-range");
            assertThat(state.fills())
                    .extracting(fill -> fill.instrument().symbol())
                    .contains("BTCUSDT", "ETHUSDT", "SOLUSDT");
        }
    }

    /** The second replay. */
    static final class ReplayProcess {

        private ReplayProcess() {}

        public static void main(String[] args) throws Exception {
            play(Path.of(args[0]));
        }
    }
}
