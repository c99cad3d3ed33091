package dev.livefeed.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Camel's own keys, from the file and from the environment. */
class CamelKeysTest {

    @TempDir
    private Path folder;

    private Settings settings(String file, Map<String, String> environment) throws IOException, SettingsException {
        Files.writeString(folder.resolve("application.properties"), file);
        return Settings.load(folder, environment, new CarriedConnectors());
    }

    private List<String> faults(String file) throws IOException, SettingsException {
        return CamelKeys.faults(settings(file, Map.of()));
    }

    private List<String> faults(Map<String, String> environment) throws IOException, SettingsException {
        return CamelKeys.faults(settings("", environment));
    }

    @Test
    void keysOfCamelAreTaken() throws Exception {
        assertThat(
                        faults(
                                """
                camel.main.shutdown-timeout = 10
                camel.MAIN.name = x
                camel.component.kafka.brokers = a:1
                camel.beans.pg = #class:a.B
                camel.beans.pg.url = x
                camel.vault.aws.region = x
                camel.main.globalOptions[a] = b
                camel.routeController.enabled = true
                camel.rest.corsHeaders[a] = b
                camel.server.host = {{http.host}}
                """))
                .isEmpty();
        assertThat(faults(Map.of(
                        "CAMEL_MAIN_JMXENABLED", "true",
                        "CAMEL_BEANS_PG_URL", "x",
                        "CAMEL_COMPONENT_KAFKA_BROKERS", "x",
                        "CAMEL_K_RUNTIME", "x",
                        "CAMEL_SERVER_PORT", "tcp://10.0.0.1:80",
                        "CAMEL_SERVER_SERVICE_PORT", "80",
                        "CAMEL_SERVER_PORT_80_TCP_ADDR", "10.0.0.1",
                        "CAMEL_HOME", "/opt")))
                .isEmpty();
    }

    @Test
    void anUnknownKeyIsNamedWithTheClosest() throws Exception {
        assertThat(faults("camel.main.shutdownTimeOutt = 1"))
                .containsExactly("camel.main.shutdownTimeOutt is no key of Camel's: camel.main has no shutdownTimeOutt;"
                        + " the closest is camel.main.shutdownTimeout");
        assertThat(faults("camel.mian.name = x")).singleElement().asString().endsWith("the closest is camel.main.…");
        assertThat(faults("camel.nonsense.x = 1")).hasSize(1);
        assertThat(faults("camel.server.foo = 1")).singleElement().asString().contains("camel.server has no foo");
        assertThat(faults(Map.of("CAMEL_MAIN_JMX_ENABLED", "true")))
                .singleElement()
                .asString()
                .startsWith("CAMEL_MAIN_JMX_ENABLED is no key")
                .endsWith("camel.main.jmxEnabled");
        assertThat(faults(Map.of("CAMEL_COMPONNENT_KAFKA_BROKERS", "x"))).hasSize(1);
    }

    @Test
    void keysThatWouldReplaceWhatTheProgramDoesAreRefused() throws Exception {
        assertThat(faults("camel.main.routesIncludePattern = file:x/*"))
                .containsExactly(
                        "camel.main.routesIncludePattern is not taken: this program loads the route files itself:"
                                + " name their folder by ROUTES_DIR");
        assertThat(faults("camel.main.routes-reload-enabled = true")).hasSize(1);
        assertThat(faults(Map.of("CAMEL_MAIN_ROUTESINCLUDEPATTERN", "x"))).hasSize(1);
        assertThat(faults(Map.of("CAMEL_SERVER_HOST", "127.0.0.2"))).hasSize(1);
        assertThat(faults(Map.of("CAMEL_SERVER_PORT", "9090"))).hasSize(1);
        assertThat(faults("camel.main.autoStartup = false")).hasSize(1);
    }

    @Test
    void theEnvironmentComesLastAndNamesComponentsByTheirLongestName() throws Exception {
        Properties properties = CamelProperties.of(settings(
                "camel.component.seda.queueSize = 5\ncamel.main.shutdown-timeout = 9",
                Map.of(
                        "CAMEL_COMPONENT_SEDA_QUEUE_SIZE", "7",
                        "CAMEL_COMPONENT_PLATFORM_HTTP_ENGINE", "x",
                        "CAMEL_BEANS_PG", "#class:a.B",
                        "CAMEL_MANAGEMENT_PORT", "9876",
                        "CAMEL_MAIN_JMXENABLED", "true")));

        assertThat(properties)
                .containsEntry("camel.component.seda.queue-size", "7")
                .containsEntry("camel.component.platform-http.engine", "x")
                .containsEntry("camel.beans.pg", "#class:a.B")
                .containsEntry("camel.management.port", "9876")
                .containsEntry("camel.main.jmxenabled", "true")
                .containsEntry("camel.main.shutdown-timeout", "9")
                .doesNotContainKeys(
                        "camel.component.seda.queueSize", "camel.main.jmxEnabled", "camel.main.shutdownTimeout");
    }
}
