package dev.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each promise of {@code doc/GUARANTEES.md} names a test that exists. */
class GuaranteesTest {

    private static final Path DOCUMENT = Path.of("doc", "GUARANTEES.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    @Test
    void everyPromiseNamesAnExistingTest() throws IOException {
        Map<String, Path> classes = testClasses();
        List<String> faults = new ArrayList<>();
        List<String> rows = promises();
        for (String row : rows) {
            String tests = row.substring(row.lastIndexOf('|', row.length() - 2));
            List<MatchResult> names = NAME.matcher(tests).results().toList();
            if (names.isEmpty()) {
                faults.add("no test: " + row);
            }
            for (MatchResult name : names) {
                Path source = classes.get(name.group(1));
                if (source == null
                        || name.group(2) != null
                                && !Files.readString(source).contains(" void " + name.group(2) + "(")) {
                    faults.add("does not exist: " + name.group());
                }
            }
        }

        assertThat(rows).hasSizeGreaterThan(15);
        assertThat(faults).isEmpty();
    }

    private static List<String> promises() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise |"))
                .map(String::strip)
                .toList();
    }

    private static Map<String, Path> testClasses() throws IOException {
        Map<String, Path> classes = new TreeMap<>();
        for (Path root : List.of(
                Path.of("src", "test", "java"),
                Path.of("soak", "src", "test", "java"),
                Path.of("sinks", "src", "test", "java"))) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file ->
                                classes.put(file.getFileName().toString().replace(".java", ""), file));
            }
        }
        return classes;
    }
}
