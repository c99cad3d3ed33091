package dev.livefeed.app;

import dev.livefeed.app.settings.Secrets;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.settings.SettingsException;
import dev.livefeed.app.tracing.TraceExport;
import dev.livefeed.app.tracing.TracingLibrary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracing of the routes by Camel's component, if it is on. */
final class TracingBeans implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TracingBeans.class);

    /** The key of Camel that makes it trace all routes. */
    private static final String ENABLED = "camel.opentelemetry2.enabled";

    private static final List<String> OPTIONS = List.of(
            "otel.exporter.otlp.endpoint", "otel.service.name", "otel.traces.sampler", "otel.traces.sampler.arg");

    private final Optional<TraceExport> export;

    private TracingBeans(Optional<TraceExport> export) {
        this.export = export;
    }

    /** @throws SettingsException if the library refuses a variable of its own */
    static TracingBeans open(Settings settings) throws SettingsException {
        if (!settings.text("tracing").equals("opentelemetry")) {
            return new TracingBeans(Optional.empty());
        }
        Secrets secrets = Secrets.of(settings.environment(), settings.outerSettings());
        Map<String, String> options = new TreeMap<>(Map.of(
                "otel.traces.exporter", "otlp",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf"));
        OPTIONS.forEach(key -> options.put(key, settings.text(key)));
        try {
            TraceExport export = TracingLibrary.open(options, secrets::redact);
            LOG.info(
                    "tracing_started endpoint={} sampler={} ratio={}",
                    settings.text("otel.exporter.otlp.endpoint"),
                    settings.text("otel.traces.sampler"),
                    settings.text("otel.traces.sampler.arg"));
            return new TracingBeans(Optional.of(export));
        } catch (Exception e) {
            throw new SettingsException(List.of("OpenTelemetry does not start: "
                    + secrets.redact(String.valueOf(e.getMessage())).replaceAll("\\p{Cntrl}+", " ")
                    + "; check the variables that begin with OTEL_"));
        }
    }

    /** Binds what Camel's tracer needs, and returns the properties with which Camel uses it. */
    Properties use(Main main, Properties properties) {
        if (export.isEmpty()) {
            return properties;
        }
        export.get().beans().forEach(main::bind);
        Properties traced = new Properties();
        traced.putAll(properties);
        traced.setProperty(ENABLED, "true");
        return traced;
    }

    @Override
    public void close() {
        export.ifPresent(TraceExport::close);
    }
}
