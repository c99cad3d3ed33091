package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
    void checkReportsAMissingRequiredRoute(Jar jar) throws Exception {
        jar.ownRoutes();
        Files.delete(jar.route("events"));

        assertThat(jar.run("check")).isEqualTo(78);

        assertThat(jar.log()).singleElement().asString().contains("no route is from direct:events");
    }

    /** The other mistakes are in CommandTreeTest. */
    @Test
    void invalidUsage(Jar jar) throws Exception {
        assertThat(jar.run("run", "--fast")).isEqualTo(64);

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
