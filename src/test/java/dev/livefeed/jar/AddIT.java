package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Components that the jar does not contain: {@code add} gets them, and {@code lib/} beside the jar is used. */
@ExtendWith(JarExtension.class)
class AddIT {

    private static final String ROUTE =
            """
            - route:
                id: trades-kafka
                routeConfigurationId: sinks
                from:
                  uri: seda:trades-kafka
                  steps:
                    - to:
                        uri: %s
                        parameters:
                          brokers: 127.0.0.1:9
            """;

    @Test
    void aMissingComponentIsNamedWithTheCommandThatAddsIt(Jar jar) throws Exception {
        jar.ownRoutes().ownJar();
        Files.writeString(jar.route("kafka"), ROUTE.formatted("kafka:trades"));

        assertThat(jar.run("check")).isEqualTo(78);
        assertThat(jar.log())
                .singleElement()
                .asString()
                .matches("error: kafka\\.camel\\.yaml:\\d+: .*the component kafka is not installed; "
                        + "java -jar bybit-live-connector\\.jar add kafka installs it for the next start.*");

        jar.with("SINKS", "kafka").with("SINK_KAFKA_BROKERS", "127.0.0.1:9");
        assertThat(jar.run("check")).isEqualTo(78);
        assertThat(jar.text("err"))
                .contains("error: SINKS is \"kafka\"; the client of kafka is not installed; "
                        + "java -jar bybit-live-connector.jar add kafka installs it for the next start");

        assertThat(jar.run("add", "kafka")).as(jar.text("err")).isZero();
        assertThat(jar.text("out")).contains("added to " + jar.folder().resolve("lib"));
        assertThat(libraries(jar)).contains("camel-kafka-4.17.0.jar").noneMatch(name -> name.startsWith("camel-api"));
        assertThat(jar.run("check")).as(jar.text("err")).isZero();
        jar.with("SINKS", "");

        assertThat(jar.run("add", "kafka")).isZero();
        assertThat(jar.text("out")).startsWith("nothing to add: kafka");

        Path client = jar.folder().resolve("lib/kafka-clients-3.9.1.jar");
        byte[] whole = Files.readAllBytes(client);
        Files.write(client, Arrays.copyOf(whole, whole.length / 2));
        assertThat(jar.run("check")).isNotZero();
        assertThat(jar.log())
                .first()
                .asString()
                .startsWith("warning: " + client + " is damaged or no jar, and is not used: ");
        assertThat(jar.run("add", "kafka", "opentelemetry")).as(jar.text("err")).isZero();
        assertThat(client).hasBinaryContent(whole);
        assertThat(libraries(jar))
                .contains("camel-opentelemetry2-4.17.0.jar", "opentelemetry-exporter-sender-jdk-1.57.0.jar")
                .noneMatch(name -> name.matches(".*(okhttp|okio|kotlin).*"));

        jar.start();
        jar.awaitTrades(1);
        assertThat(jar.get("/ready").statusCode()).isIn(200, 503);
        assertThat(loadedClasses(jar))
                .anyMatch(name -> name.startsWith("dev.livefeed.app.Application/"))
                .filteredOn(name -> name.startsWith("io.opentelemetry.")
                        || name.startsWith("org.apache.camel.opentelemetry2.")
                        || name.startsWith("org.apache.camel.telemetry.")
                        || name.startsWith("dev.livefeed.app.tracing.sdk."))
                .as("classes of tracing, which is off")
                .isEmpty();
        jar.stop();
        assertThat(jar.log(" ERROR |^\\s+at ")).isEmpty();

        Files.writeString(jar.route("kafka"), ROUTE.formatted("kafak:trades"));
        assertThat(jar.run("check")).isEqualTo(78);
        assertThat(jar.log()).singleElement().asString().contains("there is no component kafak; the nearest is kafka");
    }

    @Test
    void whatCannotBeAddedIsOneLine(Jar jar) throws Exception {
        jar.ownJar();

        assertThat(jar.run("add", "kafak")).isEqualTo(64);
        assertThat(jar.log())
                .singleElement()
                .asString()
                .startsWith("error: Camel has no component, data format or language \"kafak\"; the nearest is kafka");

        assertThat(jar.run("add", "org.apache.camel:camel-nosuch:4.17.0")).isEqualTo(69);
        assertThat(jar.log())
                .singleElement()
                .asString()
                .startsWith("error: org.apache.camel:camel-nosuch:4.17.0 cannot be added: ");
        Path lib = jar.folder().resolve("lib");
        assertThat(lib).doesNotExist();

        Files.writeString(lib, "in place of the folder");
        assertThat(jar.run("add", "mqtt")).isEqualTo(69);
        assertThat(jar.log())
                .singleElement()
                .asString()
                .startsWith("error: mqtt cannot be added to " + lib + ": " + lib + " is in the way; ");
    }

    /** While tracing is off, nothing of it is loaded. */
    private static List<String> loadedClasses(Jar jar) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(Jar.JAVA).resolveSibling("jcmd").toString(),
                        Long.toString(jar.pid()),
                        "VM.class_hierarchy",
                        "-i")
                .redirectErrorStream(true)
                .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("^[| ]*--", ""))
                .toList();
    }

    private static List<String> libraries(Jar jar) throws Exception {
        try (Stream<Path> files = Files.list(jar.folder().resolve("lib"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
