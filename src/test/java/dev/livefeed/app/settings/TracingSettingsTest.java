package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livefeed.app.CarriedConnectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingSettingsTest {

    private static final String ON = "TRACING=opentelemetry";

    @TempDir
    private Path folder;

    private static Map<String, String> environment(String... pairs) {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH")));
        for (String pair : pairs) {
            environment.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return environment;
    }

    private List<String> faults(String... pairs) {
        SettingsException e = catchThrowableOfType(
                SettingsException.class, () -> Settings.load(folder, environment(pairs), new CarriedConnectors()));
        return e == null ? List.of() : e.faults();
    }

    @Test
    void theDefaultsAndTheVariablesOfTheStandardAreTaken() {
        assertThat(faults(ON)).isEmpty();
        assertThat(faults(
                        ON,
                        "OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example:4318/base",
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:4318/v1/traces",
                        "OTEL_EXPORTER_OTLP_HEADERS=api-key=a%2Cb, authorization=Bearer%20x==",
                        "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
                        "OTEL_TRACES_SAMPLER=always_on",
                        "OTEL_TRACES_SAMPLER_ARG=",
                        "OTEL_SERVICE_NAME=feed"))
                .isEmpty();
    }

    @Test
    void nothingIsCheckedWhileItIsOff() {
        assertThat(faults("OTEL_EXPORTER_OTLP_ENDPOINT=nowhere", "OTEL_TRACES_SAMPLER=some", "OTEL_TRACES_EXPORTER=x"))
                .isEmpty();
        assertThat(faults("TRACING=on")).singleElement().asString().contains("TRACING is \"on\"", "off, opentelemetry");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318         | must be a URL such as http://localhost:4318
            OTEL_EXPORTER_OTLP_ENDPOINT=grpc://localhost:4317  | must be a URL such as http://localhost:4318
            OTEL_EXPORTER_OTLP_ENDPOINT=                       | must be a URL such as http://localhost:4318
            OTEL_EXPORTER_OTLP_ENDPOINT=http://a:99999         | must be a URL such as http://localhost:4318
            OTEL_EXPORTER_OTLP_ENDPOINT=http://a/v1/traces     | must not end in /v1/traces, which is appended to it
            OTEL_SDK_DISABLED=TRUE                             | must be false with TRACING=opentelemetry
            OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=localhost       | must be a URL such as http://localhost:4318/v1/traces
            OTEL_TRACES_SAMPLER=sometimes                      | must be one of parentbased_traceidratio
            OTEL_TRACES_SAMPLER_ARG=10                         | must be a number from 0 to 1
            OTEL_TRACES_SAMPLER_ARG=all                        | must be a number from 0 to 1
            OTEL_SERVICE_NAME=                                 | must be the name of this program
            OTEL_EXPORTER_OTLP_PROTOCOL=grpc                   | only http/protobuf is supported
            OTEL_TRACES_EXPORTER=zipkin                        | only otlp is supported
            """)
    void aBadValueIsOneLineWithItsVariableAndItsRule(String pair, String rule) {
        assertThat(faults(ON, pair))
                .singleElement()
                .asString()
                .startsWith(pair.substring(0, pair.indexOf('=')) + " is \"")
                .contains(rule);
    }

    @Test
    void secretsAreNotShownAndNotReadFromTheFile() throws Exception {
        assertThat(faults(ON, "OTEL_EXPORTER_OTLP_HEADERS=authorization Bearer s3cret"))
                .singleElement()
                .asString()
                .startsWith("OTEL_EXPORTER_OTLP_HEADERS is not a list of headers")
                .doesNotContain("s3cret");
        for (String variable : List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) {
            assertThat(faults(ON, variable + "=http://s3cret@localhost:4318"))
                    .singleElement()
                    .asString()
                    .startsWith(variable + " is ")
                    .contains("must not contain a login")
                    .doesNotContain("s3cret");
        }
        Secrets secrets = Secrets.of(
                environment("OTEL_EXPORTER_OTLP_HEADERS=api-key=k3y-of-it, authorization=Bearer%20s3cret"), Map.of());
        assertThat(secrets.redact("k3y-of-it and Bearer s3cret and Bearer%20s3cret"))
                .isEqualTo("*** and *** and ***");

        Files.writeString(folder.resolve("application.properties"), "otel.exporter.otlp.headers = a=s3cret\n");
        assertThat(faults())
                .singleElement()
                .asString()
                .contains("a secret must be set in the environment")
                .doesNotContain("s3cret");
    }

    @Test
    void furtherVariablesOfTheStandardAreNeitherFaultsNorWarnings() {
        UnknownSettings unknown = new UnknownSettings(
                folder,
                environment(
                        "OTEL_EXPORTER_OTLP_TIMEOUT=1000", "OTEL_BSP_MAX_QUEUE_SIZE=1", "OTEL_METRICS_EXPORTER=otlp"),
                Set.of(),
                new CarriedConnectors());

        assertThat(unknown.faults()).isEmpty();
        assertThat(unknown.warnings()).isEmpty();
    }
}
