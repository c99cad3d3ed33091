package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code bin/livefeed} starts the jar with its JVM options, in the process that was started. */
@ExtendWith(JarExtension.class)
class LauncherIT {

    @BeforeEach
    void byLauncher(Jar jar) {
        jar.byLauncher().with("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void runsWithTheDefaultOptionsAndStopsOnSigterm(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "simulator").start();

        assertThat(commandLine(jar))
                .startsWith(Jar.JAVA, "-XX:+UseSerialGC", "-Xms128m", "-Xmn80m", "-jar", Jar.FILE.toString());
        jar.awaitTrades(5);
        jar.stop();
    }

    @Test
    void optionsOfTheOperatorReplaceTheDefault(Jar jar) throws Exception {
        List<String> own = new ArrayList<>(List.of("-Xmx200m", "-Dmy.own=yes"));
        own.addAll(JvmOptions.application());
        jar.with("APPLICATION_JAVA_OPTIONS", String.join("  ", own))
                .with("CONNECTOR_COMMAND", "cat")
                .start();

        List<String> expected = new ArrayList<>(List.of(Jar.JAVA));
        expected.addAll(own);
        expected.addAll(List.of("-jar", Jar.FILE.toString()));
        assertThat(commandLine(jar)).isEqualTo(expected);
        assertThat(jar.log()).noneMatch(line -> line.contains("APPLICATION_JAVA_OPTIONS"));
    }

    @Test
    void aHeapThatIsChosenElsewhereIsLeftAlone(Jar jar) throws Exception {
        List<String> quick = JvmOptions.application().stream()
                .filter(option -> !option.startsWith("-XX:+Use"))
                .toList();
        jar.with("JAVA_TOOL_OPTIONS", "-Xmx300m -XX:+UseParallelGC " + String.join(" ", quick))
                .with("CONNECTOR_COMMAND", "cat")
                .launch();

        // The launcher's process becomes that of the JVM.
        Jar.soon().untilAsserted(() -> assertThat(commandLine(jar))
                .containsExactly(Jar.JAVA, "-jar", Jar.FILE.toString()));
        jar.kill();
    }

    @Test
    void argumentsAndExitStatusAreThoseOfTheProgram(Jar jar) throws Exception {
        assertThat(jar.run("check", "no such argument")).isEqualTo(64);
        assertThat(jar.text("err")).contains("no such argument");
        assertThat(jar.with("HTTP_PORT", "zebra").run()).isEqualTo(78);
    }

    @Test
    void worksThroughALinkFromAnyDirectory(Jar jar) throws Exception {
        Path link = Files.createSymbolicLink(jar.folder().resolve("livefeed"), Jar.LAUNCHER);
        Process version = new ProcessBuilder(link.toString(), "--version")
                .directory(jar.folder().toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("bybit-live-connector");
        assertThat(version.waitFor()).isZero();
    }

    @Test
    void aWordThatIsNoOption(Jar jar) throws Exception {
        assertThat(jar.with("APPLICATION_JAVA_OPTIONS", "-Xmx300m 512m").run()).isEqualTo(78);
        assertThat(jar.log())
                .containsExactly("error: APPLICATION_JAVA_OPTIONS is \"-Xmx300m 512m\"; \"512m\" is no option of a JVM:"
                        + " each begins with -");
    }

    @Test
    void javaThatIsMissingOrTooOld(Jar jar) throws Exception {
        assertThat(jar.with("JAVA_HOME", "/nowhere").run()).isEqualTo(78);
        assertThat(jar.log())
                .containsExactly("error: JAVA_HOME is \"/nowhere\", but there is no bin/java in it;"
                        + " set it to a JDK or JRE 17 or later");

        Path old = Files.createDirectories(jar.folder().resolve("jdk-11/bin"));
        Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(jar.folder().resolve("jdk-11/release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertThat(jar.with("JAVA_HOME", jar.folder().resolve("jdk-11")).run()).isEqualTo(78);
        assertThat(jar.log()).singleElement().asString().contains("is Java 11; 17 or later is needed");
    }

    private static List<String> commandLine(Jar jar) throws IOException {
        byte[] words = Files.readAllBytes(Path.of("/proc", Long.toString(jar.pid()), "cmdline"));
        return List.of(new String(words, StandardCharsets.UTF_8).split("\0"));
    }
}
