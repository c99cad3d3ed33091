package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code java -jar} applies the JVM options of the settings to the started process. */
@ExtendWith(JarExtension.class)
class RelaunchIT {

    @BeforeEach
    void assumeLinux() {
        assumeThat(Path.of("/proc/self/cmdline")).exists();
    }

    @Test
    void shippedOptionsApplyToTheStartedProcess(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "simulator").start();

        assertThat(commandLine(jar)).contains("-XX:+UseSerialGC", "-Xms128m", "-jar");
        jar.awaitTrades(5);
        jar.stop();
    }

    @Test
    void customOptions(Jar jar) throws Exception {
        jar.write("application.properties", "application.java.options = -Xmx200m  -Dmy.own=yes\n");
        jar.with("CONNECTOR_COMMAND", "cat").start();

        assertThat(commandLine(jar)).contains("-Xmx200m", "-Dmy.own=yes").doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void configuredHeapIsKept(Jar jar) throws Exception {
        jar.with("JAVA_TOOL_OPTIONS", "-Xmx300m")
                .with("CONNECTOR_COMMAND", "cat")
                .start();

        assertThat(commandLine(jar)).startsWith(Jar.JAVA, "-jar");
    }

    @Test
    void noOptions(Jar jar) throws Exception {
        jar.with("APPLICATION_JAVA_OPTIONS", "")
                .with("CONNECTOR_COMMAND", "cat")
                .start();

        assertThat(commandLine(jar)).startsWith(Jar.JAVA, "-jar");
    }

    @Test
    void invalidOption(Jar jar) throws Exception {
        jar.with("APPLICATION_JAVA_OPTIONS", "-Xmx300m 512m");

        assertThat(jar.run()).isEqualTo(78);
        assertThat(jar.log())
                .containsExactly("error: APPLICATION_JAVA_OPTIONS is \"-Xmx300m 512m\"; \"512m\" is no option of a JVM:"
                        + " each begins with -");
    }

    @Test
    void optionRejectedByJava(Jar jar) throws Exception {
        jar.with("APPLICATION_JAVA_OPTIONS", "-Xmx1zebra");

        assertThat(jar.run()).isEqualTo(78);
        assertThat(jar.log())
                .containsExactly("error: APPLICATION_JAVA_OPTIONS is \"-Xmx1zebra\"; java refuses it:"
                        + " Invalid maximum heap size: -Xmx1zebra");
        assertThat(jar.run("check")).isEqualTo(78);
        assertThat(jar.log()).singleElement().asString().contains("java refuses it");
    }

    private static List<String> commandLine(Jar jar) throws IOException {
        byte[] words = Files.readAllBytes(Path.of("/proc", Long.toString(jar.pid()), "cmdline"));
        return List.of(new String(words, StandardCharsets.UTF_8).split("\0"));
    }
}
