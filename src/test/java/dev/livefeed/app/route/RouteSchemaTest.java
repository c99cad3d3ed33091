package dev.livefeed.app.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.livefeed.app.route.reload.RouteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every shipped route file is valid under Camel's YAML schema and documents its purpose. */
class RouteSchemaTest {

    private static final JsonSchema SCHEMA = schema();

    private static JsonSchema schema() {
        try (InputStream in = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(f -> f.toString().endsWith(RouteFiles.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> faults(String yaml) {
        JsonNode content =
                new ObjectMapper().valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        return SCHEMA.validate(content).stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shippedFilesAreValid(Path file) throws IOException {
        assertThat(faults(Files.readString(file))).isEmpty();
    }

    @Test
    void schemaFindsAMisspeltWord() throws IOException {
        String yaml = Files.readString(Path.of("routes", "connector.camel.yaml"));

        assertThat(faults(yaml.replace("parameters:", "paramaters:"))).isNotEmpty();
        assertThat(faults(yaml.replace("redeliveryPolicyRef:", "redeliveryPolicyReference:")))
                .isNotEmpty();
    }

    /** "Names" in doc/ROUTES.md. */
    @ParameterizedTest
    @MethodSource("files")
    void routeHasTheNameOfItsInternalEndpoint(Path file) throws IOException {
        for (Object part : (List<?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file))) {
            if (((Map<?, ?>) part).get("route") instanceof Map<?, ?> route) {
                String uri = ((Map<?, ?>) route.get("from")).get("uri").toString();
                if (uri.matches("(direct|timer|seda):[a-z-]+")) {
                    assertThat(uri.substring(uri.indexOf(':') + 1)).isEqualTo(route.get("id"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void headerNamesPurposeInputsOutputsAndSettings(Path file) throws IOException {
        List<String> header = Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .toList();

        assertThat(header).isNotEmpty();
        assertThat(String.join("\n", header)).contains("In:", "Out:", "Settings:");
    }
}
