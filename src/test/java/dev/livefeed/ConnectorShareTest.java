package dev.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Less than half of the code of connectors belongs to a venue, so that a further venue needs little (ADR 120). */
class ConnectorShareTest {

    private static final Path CONNECTOR = Path.of("src/main/java/dev/livefeed/connector");

    /** The folders below connector that belong to no venue; a further one is of a venue. */
    private static final Set<String> SHARED =
            Set.of("sdk", "session", "feed", "history", "instrument", "replay", "stub");

    @Test
    void lessThanHalfOfTheConnectorCodeBelongsToAVenue() throws IOException {
        long all = lines(CONNECTOR);
        Map<String, Long> venues = new TreeMap<>();
        try (Stream<Path> folders = Files.list(CONNECTOR)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                String name = folder.getFileName().toString();
                if (!SHARED.contains(name)) {
                    venues.put(name, lines(folder));
                }
            }
        }

        assertThat(venues).containsKeys("binance", "bybit");
        assertThat(venues).allSatisfy((venue, lines) -> assertThat(lines).isPositive());
        assertThat(2 * venues.values().stream().mapToLong(Long::longValue).sum())
                .as("twice the lines of venues " + venues + ", of all lines of connectors")
                .isLessThan(all);
    }

    private static long lines(Path folder) throws IOException {
        long lines = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                lines += Files.readAllLines(file).size();
            }
        }
        return lines;
    }
}
