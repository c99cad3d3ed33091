package dev.livefeed.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelaunchTest {

    private static final List<String> PLAIN = List.of("java", "-Dtext=", "-jar", "my feed.jar", "run");

    @Test
    void aCommandLineIsReadWordByWordAndKeepsEmptyOnesAndBlanks() {
        byte[] raw = "java\0-jar\0my feed.jar\0\0run\0".getBytes(StandardCharsets.UTF_8);

        assertThat(Relaunch.words(raw, StandardCharsets.UTF_8))
                .containsExactly("java", "-jar", "my feed.jar", "", "run");
    }

    @Test
    void theOptionsStandBeforeThoseOfTheCommandLine() {
        assertThat(Relaunch.command(PLAIN, List.of("-Xms64m", "-XX:+UseSerialGC")))
                .containsExactly(
                        "java",
                        "-Xms64m",
                        "-XX:+UseSerialGC",
                        "-Dlivefeed.relaunched=true",
                        "-Dtext=",
                        "-jar",
                        "my feed.jar",
                        "run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx512m",
                "-Xms64m",
                "-Xmn16m",
                "-XX:MaxHeapSize=1g",
                "-XX:MaxRAMPercentage=50",
                "-XX:MaxRAM=2g",
                "-XX:+UseZGC",
                "-XX:+UseG1GC",
                "-javaagent:a.jar",
                "-agentlib:jdwp=transport=dt_socket,server=y",
                "@options"
            })
    void whatDecidesAboutTheMemoryOrWatchesIsRespected(String option) {
        assertThat(Relaunch.chosen(List.of("java", option, "-jar", "x.jar"), Map.of()))
                .isTrue();
        assertThat(Relaunch.chosen(PLAIN, Map.of("JDK_JAVA_OPTIONS", "-Da=b " + option)))
                .isTrue();
    }

    @Test
    void otherOptionsDecideNothing() {
        assertThat(Relaunch.chosen(
                        PLAIN, Map.of("JAVA_TOOL_OPTIONS", "-Dfile.encoding=UTF-8 -Xss1m -XX:+UseStringDeduplication")))
                .isFalse();
    }
}
