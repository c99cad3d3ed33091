package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Camel's own settings apply equally to check, start and edits. */
@ExtendWith(JarExtension.class)
class CamelSettingsIT {

    @Test
    void configuredBeansAndComponentsApplyToCheckStartAndEdits(Jar jar) throws Exception {
        jar.script("status connected; idle")
                .ownRoutes()
                .beside(Path.of("target", "test-classes").toAbsolutePath())
                .with("BEAN_PORT", Jar.freePort())
                .with("CAMEL_BEANS_GUEST_WORD", "hello")
                .with("CAMEL_COMPONENT_SEDA_DEFAULT_BLOCK_WHEN_FULL", "true");
        jar.write(
                "application.properties",
                """
                camel.beans.guest = #class:dev.livefeed.jar.ListeningBean
                camel.beans.others = #class:dev.livefeed.jar.OtherContexts
                """);
        String route =
                """
                - route:
                    id: guest
                    from:
                      uri: timer:guest
                      parameters: {period: 200}
                      steps:
                        - bean: {ref: guest, method: say}
                        - to: "seda:q?discardIfNoConsumers=true"
                        - log: "%s ${body}"
                """;
        Files.writeString(jar.route("guest"), route.formatted("said"));
        assertThat(jar.run("check")).as(jar.text("err")).isZero();

        jar.start();
        jar.awaitLog("said hello false");
        Files.writeString(jar.route("guest"), route.formatted("again"));
        jar.awaitLog("again hello false", 3);
        jar.stop(); // and no end of another context lets the JVM end earlier
    }

    @Test
    void keysThatCamelDoesNotHaveAreReportedInOneLineEach(Jar jar) throws Exception {
        jar.write(
                "application.properties",
                """
                camel.main.foo = 1
                camel.server.foo = 1
                camel.nonsense.x = 1
                camel.main.routesIncludePattern = file:x
                """);
        assertThat(jar.run()).isEqualTo(78);
        assertThat(jar.log())
                .hasSize(4)
                .anyMatch(line ->
                        line.matches("error: camel.main.foo is no key of Camel's.*the closest is camel\\.main\\..*"))
                .anyMatch(line -> line.startsWith("error: camel.server.foo is no key of Camel's"))
                .anyMatch(line -> line.startsWith("error: camel.nonsense.x is no key of Camel's"))
                .anyMatch(line -> line.matches("error: camel.main.routesIncludePattern is not taken.*ROUTES_DIR.*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    check | camel.beans.x = #class:no.such.Bean | \
                        camel.beans.x: class no.such.Bean is not on the class path
                    check | camel.component.seda.nosuch = secret | \
                        camel.component.seda.nosuch cannot be set: there is no such option$
                    check | camel.component.seda.queueSize = many    | camel.component.seda.queueSize cannot be set
                    run   | camel.main.shutdownTimeout = many        | camel.main.shutdown-?[tT]imeout cannot be set
                    """)
    void valueThatCamelCannotTakeIsReportedInOneLine(String command, String setting, String line, Jar jar)
            throws Exception {
        jar.write("application.properties", setting + "\n");

        assertThat(jar.run(command)).isEqualTo(78);

        assertThat(jar.log()).singleElement().asString().startsWith("error: ").containsPattern(line);
    }

    @Test
    void portTakenDuringTheStartEndsIt(Jar jar) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            jar.script("status connected; idle")
                    .write("application.properties", "camel.management.port = " + taken.getLocalPort() + "\n");

            assertThat(jar.run()).isEqualTo(69);

            assertThat(jar.log("^error: an HTTP port cannot be bound")).hasSize(1);
            assertThat(jar.log("^\\s+at |Exception")).isEmpty();
            assertThat(jar.living()).isEmpty();
        }
    }
}
