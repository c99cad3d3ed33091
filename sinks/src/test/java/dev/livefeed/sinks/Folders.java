package dev.livefeed.sinks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Working folders below {@code target/}, which are kept for their logs. */
final class Folders {

    private Folders() {}

    /** An existing, empty folder. */
    static Path empty(String first, String... more) throws IOException {
        Path folder = Path.of("target", "runs").resolve(Path.of(first, more)).toAbsolutePath();
        delete(folder);
        return Files.createDirectories(folder);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
