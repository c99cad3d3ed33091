package dev.livefeed.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Levels of the program, of its parts and of libraries. */
@Isolated("sets levels of the process")
class LogLevelsTest {

    private final Map<Logger, ch.qos.logback.classic.Level> before = new LinkedHashMap<>();

    @BeforeEach
    void keep() {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLoggerList()
                .forEach(logger -> before.put(logger, logger.getLevel()));
    }

    @AfterEach
    void restore() {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLoggerList()
                .forEach(logger -> logger.setLevel(before.get(logger)));
    }

    private static String level(String logger) {
        return ((Logger) LoggerFactory.getLogger(logger)).getEffectiveLevel().toString();
    }

    @Test
    void aPartHasItsOwnLevelAndLibrariesOnlyWarn() {
        LogLevels.of("debug", " sink=TRACE, camel=info,org.apache.camel.main=ERROR,")
                .use();
        assertThat(level("dev.livefeed.app.feed.Watchdog")).isEqualTo("DEBUG");
        assertThat(level("trades")).isEqualTo("DEBUG");
        assertThat(level("dev.livefeed.app.sink.SinkLog")).isEqualTo("TRACE");
        assertThat(level("org.apache.camel.processor.X")).isEqualTo("INFO");
        assertThat(level("org.apache.camel.main.MainSupport")).isEqualTo("ERROR");
        assertThat(level("io.vertx.core.X")).isEqualTo("WARN");
    }

    @Test
    void camelsLevelIsSeparateAndItsStartIsOneLine() {
        LogLevels.of("TRACE", "").use();
        assertThat(level("org.apache.camel.X")).isEqualTo("WARN");
        assertThat(level("org.apache.camel.impl.engine.AbstractCamelContext")).isEqualTo("OFF");
        LogLevels.of("INFO", "camel=DEBUG").use();
        assertThat(level("org.apache.camel.impl.engine.AbstractCamelContext")).isEqualTo("DEBUG");
        assertThat(level("org.apache.camel.component.exec.X")).isEqualTo("OFF");
        LogLevels.of("ERROR", "").use();
        assertThat(level("org.apache.camel.X")).isEqualTo("ERROR");
    }

    @Test
    void theLinesOfAConnectorAreShownWhateverTheLevel() {
        LogLevels levels = LogLevels.of("ERROR", "");
        levels.use();
        assertThat(level(LogLevels.STDERR)).isEqualTo("INFO");
        assertThat(levels.connector()).isEqualTo("ERROR");
        LogLevels.of("INFO", "connector=OFF").use();
        assertThat(level(LogLevels.STDERR)).isEqualTo("OFF");
        assertThat(LogLevels.of("INFO", "connector=debug").connector()).isEqualTo("DEBUG");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sink           | "sink" must be PART=LEVEL, with a level of TRACE, DEBUG, INFO, WARN, ERROR, OFF
                    sink=          | "sink=" must be PART=LEVEL
                    sink=loud      | "sink=loud" must be PART=LEVEL
                    camel=INFO,x=INFO | "x" is no part; there are api, backfill, camel, connector, exchange, feed
                    =INFO          | "" is no part
                    .x=INFO        | ".x" is no part
                    """)
    void aFaultNamesTheEntry(String parts, String fault) {
        assertThatThrownBy(() -> LogLevels.of("INFO", parts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault);
    }

    /** Each part of the program that logs can be named. */
    @Test
    void eachPackageOfTheApplicationIsAPart() throws Exception {
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/dev/livefeed/app"))) {
            List<String> logging = folders.filter(Files::isDirectory)
                    .filter(LogLevelsTest::logs)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
            assertThat(LogLevels.knownParts().keySet()).containsAll(logging);
        }
        LogLevels.knownParts().values().forEach(loggers -> loggers.stream()
                .filter(logger -> logger.startsWith("dev.livefeed."))
                .forEach(logger -> assertThat(Path.of("src/main/java", logger.split("\\.")))
                        .isDirectory()));
    }

    private static boolean logs(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).anyMatch(file -> {
                try {
                    return Files.readString(file).contains("LoggerFactory.getLogger(");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
