package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.tracing.OtlpReceiver;
import dev.livefeed.app.tracing.OtlpReceiver.Span;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Traces of events and HTTP requests, sent by OTLP; AddIT shows that nothing of it is loaded while it is off. */
@ExtendWith(JarExtension.class)
class TracingIT {

    private static final Pattern LIBRARY =
            Pattern.compile("(opentelemetry|camel-opentelemetry2|camel-telemetry)-.*jar");
    private static final String SECRET = "s3cret-token";
    private static final String CALLER = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void theJarContainsNothingOfIt() throws IOException {
        try (JarFile jar = new JarFile(Jar.FILE.toFile())) {
            assertThat(jar.stream().map(Object::toString))
                    .contains("dev/livefeed/app/tracing/sdk/OpenTelemetryExport.class")
                    .noneMatch(name -> name.startsWith("io/opentelemetry/")
                            || name.startsWith("org/apache/camel/opentelemetry2/"));
        }
    }

    @Test
    void eventsAndRequestsAreTracedAndAReceiverThatIsDownDoesNotMatter(Jar jar) throws Exception {
        OtlpReceiver receiver = new OtlpReceiver(0);
        try (receiver) {
            addLibraries(jar.ownJar());
            jar.with("DATA_SOURCE", "hft_connector")
                    .with("TRACING", "opentelemetry")
                    .with("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint())
                    .with("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20" + SECRET)
                    .with("OTEL_TRACES_SAMPLER", "parentbased_traceidratio")
                    .with("OTEL_TRACES_SAMPLER_ARG", "1")
                    .with("OTEL_BSP_SCHEDULE_DELAY", "200")
                    .start();

            Jar.soon()
                    .alias("the way of a trade")
                    .until(() -> hasPath(receiver.spans(), "direct://events", "direct://trades"));
            assertThat(receiver.spans()).extracting(Span::service).containsOnly("bybit-live-connector");
            assertThat(receiver.authorization()).isEqualTo("Bearer " + SECRET);

            assertThat(getTraced(jar)).isEqualTo(200);
            Jar.soon().alias("a request in the trace of its caller").until(() -> receiver.spans().stream()
                    .anyMatch(span -> span.trace().equals(CALLER)
                            && span.texts().getOrDefault("camel.uri", "").startsWith("platform-http:")));
        }

        jar.awaitLog("WARN .* - tracing_failed warnings=1: Failed to export spans");
        long trades = Jar.trades(jar.health());
        jar.awaitTrades(trades + 20);
        assertThat(jar.health().toString()).doesNotContain(SECRET);
        jar.stop();
        assertThat(jar.log("tracing_started endpoint=" + receiver.endpoint()
                        + " sampler=parentbased_traceidratio ratio=1"))
                .hasSize(1);
        assertThat(jar.log("tracing_failed")).hasSize(1);
        assertThat(jar.log(SECRET + "| ERROR |^\\s+at |Exception in thread")).isEmpty();
    }

    private static void addLibraries(Jar jar) throws IOException {
        Path lib = Files.createDirectory(jar.folder().resolve("lib"));
        List<Path> libraries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> LIBRARY.matcher(path.getFileName().toString()).matches())
                .toList();
        assertThat(libraries).isNotEmpty();
        for (Path library : libraries) {
            Files.copy(library, lib.resolve(library.getFileName()));
        }
    }

    /** Whether a span of the second address is in the trace of one of the first, below another one. */
    private static boolean hasPath(List<Span> spans, String from, String to) {
        var traces = spans.stream()
                .filter(span -> from.equals(span.texts().get("camel.uri")))
                .map(Span::trace)
                .collect(Collectors.toSet());
        return spans.stream()
                .anyMatch(span -> to.equals(span.texts().get("camel.uri"))
                        && traces.contains(span.trace())
                        && !span.parent().isEmpty());
    }

    private static int getTraced(Jar jar) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + jar.port() + "/ws/health"))
                .header("traceparent", "00-" + CALLER + "-b7ad6b7169203331-01")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
