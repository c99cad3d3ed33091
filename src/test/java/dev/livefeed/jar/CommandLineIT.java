package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the jar and their usage errors. */
@ExtendWith(JarExtension.class)
class CommandLineIT {

    @Test
    void checkAcceptsTheDefaults(Jar jar) throws Exception {
        assertThat(jar.run("check")).isZero();

        assertThat(jar.text("out")).isEqualTo("settings and routes (the jar) are good\n");
        assertThat(jar.text("err")).isEmpty();
    }

    @Test
    void checkNamesEachError(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "kraken").with("HTTP_PORT", "0").with("CONNECTOR_COOLDOWN", "soon");

        assertThat(jar.run("check")).isEqualTo(78);

        assertThat(jar.log()).hasSize(3).allMatch(line -> line.startsWith("error: "));
        assertThat(jar.text("out")).isEmpty();
    }

    @Test
    void checkNamesEachInvalidRouteFile(Jar jar) throws Exception {
        jar.ownRoutes();
        RouteEdit.append(jar.route("trades"), "- nosuchstep: {}");
        RouteEdit.append(jar.route("depth"), "- to: \"nosuch:thing\"");
        Files.writeString(jar.route("extra"), "");

        assertThat(jar.run("check")).isEqualTo(78);

        assertThat(jar.log()).hasSize(3);
        assertThat(jar.text("err"))
                .containsPattern("error: trades\\.camel\\.yaml:\\d+: .*nosuchstep")
                .containsPattern("error: depth\\.camel\\.yaml:\\d+: .*nosuch:")
                .contains("error: extra.camel.yaml: the file is empty");
    }

    @Test
    void checkReportsAMissingRequiredRoute(Jar jar) throws Exception {
        jar.ownRoutes();
        Files.delete(jar.route("events"));

        assertThat(jar.run("check")).isEqualTo(78);

        assertThat(jar.log()).singleElement().asString().contains("no route is from direct:events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "fly", "run --fast", "connector", "connector kraken", "check twice"})
    void invalidUsage(String words, Jar jar) throws Exception {
        assertThat(jar.run(words.split(" "))).isEqualTo(64);

        assertThat(jar.text("out")).isEmpty();
        assertThat(jar.log()).singleElement().asString().isNotBlank();
    }

    @Test
    void help(Jar jar) throws Exception {
        assertThat(jar.run("--help")).isZero();

        assertThat(jar.text("out")).contains("run", "connector", "exchange", "check", "--version", "64", "69", "78");
    }

    @Test
    void version(Jar jar) throws Exception {
        assertThat(jar.run("--version")).isZero();

        assertThat(jar.text("out")).matches("bybit-live-connector \\d+\\.\\d+\\.\\d+\\S*\\n");
    }
}
