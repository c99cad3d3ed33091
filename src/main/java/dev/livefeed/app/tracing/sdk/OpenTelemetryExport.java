package dev.livefeed.app.tracing.sdk;

import dev.livefeed.app.tracing.TraceExport;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Sends spans by OTLP over HTTP, in batches from a thread of its own. Its queue is bounded: spans that find it full are
 * dropped, and nobody waits for the receiver.
 */
public final class OpenTelemetryExport implements TraceExport {

    private static final String SCOPE = "dev.livefeed";
    private static final int CLOSE_SECONDS = 1;

    private final ExportLog log;
    private final OpenTelemetrySdk sdk;

    /**
     * Opens it; connects with the first batch.
     *
     * @param options of the library, which override those that it reads from the environment
     * @param redact removes secrets from what is logged
     */
    public OpenTelemetryExport(Map<String, String> options, UnaryOperator<String> redact) {
        log = new ExportLog(redact, System::nanoTime);
        log.open();
        try {
            sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesCustomizer(environment -> options)
                    .build()
                    .getOpenTelemetrySdk();
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    @Override
    public Map<String, Object> beans() {
        return Map.of("openTelemetryTracer", sdk.getTracer(SCOPE), "openTelemetryPropagators", sdk.getPropagators());
    }

    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
        log.close();
    }
}
