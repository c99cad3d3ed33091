package dev.livefeed.app.route.library;

import java.util.List;
import java.util.Set;

/** The libraries of OpenTelemetry. They send by the HTTP client of the JDK, which saves that of OkHttp and Kotlin's. */
public final class TracingArtifacts {

    /** What {@code add} calls them. */
    public static final String NAME = "opentelemetry";

    private static final String VERSION = "1.57.0";

    static final Set<String> LEFT_OUT = Set.of(
            "io.opentelemetry:opentelemetry-exporter-sender-okhttp",
            "com.squareup.okhttp3:okhttp",
            "com.squareup.okhttp3:okhttp-jvm",
            "com.squareup.okio:okio",
            "com.squareup.okio:okio-jvm",
            "org.jetbrains.kotlin:kotlin-stdlib",
            "org.jetbrains:annotations");

    private TracingArtifacts() {}

    /** Their coordinates. */
    public static List<String> coordinates(String camel) {
        return List.of(
                "org.apache.camel:camel-opentelemetry2:" + camel,
                "io.opentelemetry:opentelemetry-sdk-extension-autoconfigure:" + VERSION,
                "io.opentelemetry:opentelemetry-exporter-otlp:" + VERSION,
                "io.opentelemetry:opentelemetry-exporter-sender-jdk:" + VERSION);
    }
}
