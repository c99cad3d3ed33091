package dev.livefeed.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Levels are changed and set back while the program runs. */
class RunningLogLevelsTest {

    private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @AfterEach
    void restore() {
        LogLevels.of("ERROR", "").use();
        root.setLevel(before);
    }

    private static RunningLogLevels levels() {
        LogLevels configured = LogLevels.of("INFO", "feed=WARN");
        configured.use();
        return new RunningLogLevels(configured);
    }

    @Test
    void aPartIsSetBackToItsSetting() {
        RunningLogLevels levels = levels();
        levels.set("feed", "trace");
        levels.set("org.example.lib", "DEBUG");
        assertThat(logger("dev.livefeed.app.feed.X").getEffectiveLevel()).isEqualTo(Level.TRACE);
        assertThat(logger("org.example.lib").getEffectiveLevel()).isEqualTo(Level.DEBUG);

        assertThat(levels.reset("feed")).isTrue();
        assertThat(levels.reset("feed")).isFalse();
        assertThat(logger("dev.livefeed.app.feed.X").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(logger("org.example.lib").getEffectiveLevel())
                .as("another one stays")
                .isEqualTo(Level.DEBUG);
        levels.reset();
        assertThat(logger("org.example.lib").getEffectiveLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void theLevelOfTheProgramIsThatOfPartsWithoutOne() {
        RunningLogLevels levels = levels();
        levels.set(RunningLogLevels.PROGRAM, "DEBUG");
        assertThat(logger("dev.livefeed.app.market.X").getEffectiveLevel()).isEqualTo(Level.DEBUG);
        assertThat(logger("dev.livefeed.app.feed.X").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(logger("org.apache.camel.X").getEffectiveLevel())
                .as("libraries stay quiet")
                .isEqualTo(Level.WARN);

        assertThat(levels.reset(RunningLogLevels.PROGRAM)).isTrue();
        assertThat(logger("dev.livefeed.app.market.X").getEffectiveLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void theNumberOfLoggersIsLimited() {
        RunningLogLevels levels = levels();
        for (int i = 0; i < 99; i++) {
            levels.set("org.example.n" + i, "INFO");
        }
        assertThatThrownBy(() -> levels.set("org.example.more", "INFO")).hasMessageContaining("100 parts and loggers");
        levels.set("org.example.n1", "WARN");
        levels.reset("org.example.n1");
        assertThatThrownBy(() -> levels.set("feeed", "INFO")).hasMessageContaining("is no part; there are");
    }
}
