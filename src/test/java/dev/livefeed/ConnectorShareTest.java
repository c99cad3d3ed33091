package dev.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Less than half of the code of connectors belongs to a venue, so that a further venue needs little (ADR 120). */
class ConnectorShareTest {

    private static final Path CONNECTOR = Path.of("src/main/java/dev/livefeed/connector");

    /** The packages below connector that belong to a venue. */
    private static final List<String> VENUES = List.of("binance", "bybit");

    @Test
    void lessThanHalfOfTheConnectorCodeBelongsToAVenue() throws IOException {
        long all = lines(CONNECTOR);
        Map<String, Long> venues = new TreeMap<>();
        for (String venue : VENUES) {
            venues.put(venue, lines(CONNECTOR.resolve(venue)));
        }

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
