package dev.livefeed.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting that is shipped is used somewhere, and README says what it does and what its default is. */
class SettingsDocumentationTest {

    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_]+|_[A-Z]+)`");

    static List<String> keys() throws IOException {
        return defaults().stringPropertyNames().stream()
                .filter(key -> !key.startsWith("camel."))
                .sorted()
                .toList();
    }

    private static Properties defaults() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isUsed(String key) throws IOException {
        try (Stream<Path> sources =
                Stream.concat(Files.walk(Path.of("src/main/java")), Files.walk(Path.of("routes")))) {
            assertThat(sources.filter(Files::isRegularFile).anyMatch(file -> uses(file, key)))
                    .as("a use of %s", key)
                    .isTrue();
        }
    }

    private static boolean uses(Path file, String key) {
        try {
            String text = Files.readString(file);
            return text.contains('"' + key + '"')
                    || text.contains("{{" + key + "}}")
                    || text.contains("{{" + key + ":");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isInTheTableOfReadme(String key) throws IOException {
        String variable = SettingsSource.variable(key);
        String value = defaults().getProperty(key).strip();

        assertThat(Files.readAllLines(Path.of("README.md")).stream()
                        .filter(line -> line.startsWith("| `") && names(line, variable)))
                .as("a row of %s with its default", variable)
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(row).containsAnyOf('`' + value + '`', "none", "see file", "by source", "Bybit's"));
    }

    /** A row names variables in full, or by their last part behind one that is named in full. */
    private static boolean names(String row, String variable) {
        String first = null;
        Matcher names = NAME.matcher(row.substring(0, row.indexOf('|', 1)));
        while (names.find()) {
            String name = names.group(1);
            if (name.startsWith("_")) {
                name = first == null ? "" : first.substring(0, first.lastIndexOf('_')) + name;
            } else {
                first = name;
            }
            if (name.equals(variable)) {
                return true;
            }
        }
        return false;
    }
}
