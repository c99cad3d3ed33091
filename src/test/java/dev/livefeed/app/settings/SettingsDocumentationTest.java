package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.tracing.TracingRules;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packed setting is used, and doc/SETTINGS.md describes it with its default. */
class SettingsDocumentationTest {

    private static final Pattern VARIABLE = Pattern.compile("\\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\\b(?!\\.md)");
    private static final List<String> SOURCES = new ArrayList<>();
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
    void isUsed(String key) {
        assertThat(SOURCES).as("a use of %s", key).anyMatch(text -> uses(text, key));
    }

    /** Read once for all settings. */
    @BeforeAll
    static void readSources() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("src/main/java")), Files.walk(Path.of("routes")))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                SOURCES.add(Files.readString(file));
            }
        }
    }

    private static boolean uses(String text, String key) {
        return text.contains('"' + key + '"')
                || text.contains('"' + SettingsSource.variable(key) + '"')
                || text.contains("{{" + key + "}}")
                || text.contains("{{" + key + ":");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isInTheTableWithItsDefault(String key) throws IOException {
        String value = defaults().getProperty(key).strip();

        assertThat(documented()).containsKey(SettingsSource.variable(key));
        String said = documented().get(SettingsSource.variable(key));
        if (value.isEmpty()) {
            assertThat(said).isIn("none", "by source", "Bybit's", "Binance's");
        } else if (value.length() > 60) {
            assertThat(said).isEqualTo("see file");
        } else {
            assertThat(said).isEqualTo('`' + value + '`');
        }
    }

    @Test
    void theTableNamesNoVariableThatThereIsNot() throws IOException {
        assertThat(documented().keySet())
                .isSubsetOf(Stream.concat(
                                keys().stream().map(SettingsSource::variable),
                                Stream.of(
                                                Set.of("BYBIT_API_KEY", "BYBIT_API_SECRET"),
                                                SinkLogins.SECRETS,
                                                TracingRules.SECRETS)
                                        .flatMap(Set::stream))
                        .toList());
    }

    /** Names of two or more words in code style are settings, or are listed here as names of other programs. */
    @Test
    void noDocumentNamesAVariableThatThereIsNot() throws IOException {
        Set<String> known = new HashSet<>(Set.of(
                "BYBIT_API_KEY",
                "BYBIT_API_SECRET",
                "JAVA_TOOL_OPTIONS",
                "JAVA_HOME",
                "APPLICATION_JAVA_OPTIONS",
                "EXCHANGE_HOST",
                "EXCHANGE_PORT",
                "EXCHANGE_SEED",
                "EXCHANGE_SPEED",
                "EXCHANGE_VENUE",
                "EXCHANGE_API_SECRET",
                "HTTPS_PROXY",
                "HTTP_PROXY",
                "ALL_PROXY",
                "NO_PROXY",
                "NO_COLOR",
                // Of the command tail.
                "LIVEFEED_USER",
                "LIVEFEED_TOKEN",
                "LIVEFEED_CA_FILE",
                "LIVEFEED_CERT_FILE",
                "LIVEFEED_KEY_FILE",
                "LIVEFEED_PASSWORD",
                // Examples: variables of Camel, a mistyped name, and a variable that a route reads.
                "CAMEL_MAIN_NAME",
                "CAMEL_COMPONENT_KAFKA_BROKERS",
                "CAMEL_BEANS_PG",
                "BYBIT_CATEGROY",
                "DATABASE_PASSWORD",
                "MY_TOKEN",
                "TEMPLATE_INTERVAL_MS",
                "VENUE_URL",
                // A constant of the program, and a request of a venue.
                "BY_NAME",
                "CONNECTOR_LIBRARIES",
                // Of OpenTelemetry.
                "OTEL_BSP_MAX_QUEUE_SIZE",
                "OTEL_RESOURCE_ATTRIBUTES",
                "LIST_SUBSCRIPTIONS",
                "LIVEFEED_CONNECTOR_RUN"));
        keys().stream().map(SettingsSource::variable).forEach(known::add);
        known.addAll(SinkLogins.SECRETS);
        known.addAll(TracingRules.SECRETS);
        List<String> unknown = new ArrayList<>();
        try (Stream<Path> pages = Stream.concat(
                Stream.of(Path.of("README.md"), Path.of(".env.example")),
                Stream.concat(Files.walk(Path.of("doc")), Files.walk(Path.of("routes"))))) {
            for (Path page : pages.filter(Files::isRegularFile)
                    .filter(page -> !page.toString().endsWith(".png"))
                    .toList()) {
                Matcher names = VARIABLE.matcher(Files.readString(page));
                while (names.find()) {
                    if (!known.contains(names.group(1))) {
                        unknown.add(page + " " + names.group(1));
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** Variables of the table and their defaults: one per variable, or one for the whole row. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> all = new HashMap<>();
        for (String row : Files.readAllLines(Path.of("doc", "SETTINGS.md"))) {
            String[] cells = row.split(" \\| ");
            if (!row.startsWith("| `") || cells.length < 3) {
                continue;
            }
            List<String> names = names(cells[0]);
            Matcher quoted = Pattern.compile("`[^`]*`").matcher(cells[1]);
            List<String> defaults = quoted.results().map(MatchResult::group).toList();
            for (int i = 0; i < names.size(); i++) {
                all.put(names.get(i), defaults.size() == names.size() ? defaults.get(i) : cells[1].strip());
            }
        }
        return all;
    }

    /** A row names variables in full, or by their last part after one that is named in full. */
    private static List<String> names(String cell) {
        List<String> all = new ArrayList<>();
        Matcher names = NAME.matcher(cell);
        while (names.find()) {
            String name = names.group(1);
            if (name.startsWith("_")) {
                name = all.get(0).substring(0, all.get(0).lastIndexOf('_')) + name;
            }
            all.add(name);
        }
        return all;
    }
}
