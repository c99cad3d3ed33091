package dev.livefeed.app.tracing;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The libraries of OpenTelemetry, which the jar does not contain; the command {@code add} gets them. */
public final class TracingLibrary {

    /** Classes of this package use libraries of {@code lib/} and are therefore loaded with them. */
    public static final String PACKAGE = "dev.livefeed.app.tracing.sdk";

    private static final List<String> NEEDED = List.of(
            "org.apache.camel.opentelemetry2.OpenTelemetryTracer",
            "io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk",
            "io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter",
            "io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider");

    private TracingLibrary() {}

    /** Whether all of its classes can be loaded. */
    public static boolean isInstalled() {
        try {
            for (String name : NEEDED) {
                Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            }
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Opens the exporter.
     *
     * @param options of the library, which override those that it reads from the environment
     * @param redact removes secrets from what is logged
     * @throws Exception if the library refuses an option, or its files in {@code lib/} do not fit together
     */
    public static TraceExport open(Map<String, String> options, UnaryOperator<String> redact) throws Exception {
        try {
            return (TraceExport) Class.forName(
                            PACKAGE + ".OpenTelemetryExport",
                            true,
                            Thread.currentThread().getContextClassLoader())
                    .getConstructor(Map.class, UnaryOperator.class)
                    .newInstance(options, redact);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError cause) {
                throw unfit(cause);
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (LinkageError e) {
            throw unfit(e);
        }
    }

    /** Libraries of different versions, or one that is missing. */
    private static IllegalStateException unfit(LinkageError e) {
        return new IllegalStateException(
                "its libraries in lib/ do not fit together (" + e
                        + "); delete them, and get them again with the command add opentelemetry",
                e);
    }
}
