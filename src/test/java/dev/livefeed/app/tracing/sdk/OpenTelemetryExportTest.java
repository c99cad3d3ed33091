package dev.livefeed.app.tracing.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.livefeed.app.tracing.OtlpReceiver;
import dev.livefeed.app.tracing.OtlpReceiver.Span;
import dev.livefeed.app.tracing.TraceExport;
import dev.livefeed.app.tracing.TracingLibrary;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OpenTelemetryExportTest {

    private static final String SECRET = "s3cret-token";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ExportLog.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private static Map<String, String> options(String endpoint) {
        return new TreeMap<>(Map.of(
                "otel.exporter.otlp.endpoint", endpoint,
                "otel.exporter.otlp.headers", "authorization=Bearer%20" + SECRET,
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.service.name", "feed",
                "otel.traces.sampler", "always_on",
                "otel.bsp.schedule.delay", "20",
                "otel.bsp.max.queue.size", "100",
                "otel.bsp.max.export.batch.size", "50"));
    }

    private static TraceExport open(Map<String, String> options) throws Exception {
        return TracingLibrary.open(options, text -> text.replace(SECRET, "***"));
    }

    private static void span(TraceExport export, String name) {
        ((Tracer) export.beans().get("openTelemetryTracer"))
                .spanBuilder(name)
                .startSpan()
                .setAttribute("a", "b")
                .end();
    }

    @Test
    void closingSendsWhatWaits() throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver(0)) {
            Map<String, String> options = options(receiver.endpoint());
            options.put("otel.bsp.schedule.delay", "600000");
            try (TraceExport export = open(options)) {
                span(export, "trades");
                assertThat(receiver.spans()).isEmpty();
            }

            Span span = receiver.spans().get(0);
            assertThat(receiver.spans()).hasSize(1);
            assertThat(span.name()).isEqualTo("trades");
            assertThat(span.service()).isEqualTo("feed");
            assertThat(span.texts()).containsEntry("a", "b");
            assertThat(receiver.authorization()).isEqualTo("Bearer " + SECRET);
        }
        assertThat(log.list).isEmpty();
    }

    @Test
    void aReceiverThatIsDownDelaysNobodyAndIsOneLine() throws Exception {
        String closed;
        try (OtlpReceiver receiver = new OtlpReceiver(0)) {
            closed = receiver.endpoint();
        }
        long closing;
        try (TraceExport export = open(options(closed))) {
            long start = System.nanoTime();
            for (int i = 0; i < 20_000; i++) {
                span(export, "trades");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            await().atMost(Duration.ofSeconds(60)).until(() -> !log.list.isEmpty());
            closing = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(5));
        ILoggingEvent line = log.list.get(0);
        assertThat(log.list).hasSize(1);
        assertThat(line.getLevel()).isEqualTo(Level.WARN);
        assertThat(line.getThrowableProxy()).isNull();
        assertThat(line.getFormattedMessage())
                .startsWith("tracing_failed warnings=1: Failed to export spans.")
                .contains("Connect")
                .doesNotContain(SECRET, "\n");
    }

    @Test
    void aWarningIsLoggedOnceAMinuteWithTheNumberOfThemAndWithoutSecrets() {
        AtomicLong nanos = new AtomicLong();
        ExportLog lines = new ExportLog(text -> text.replace(SECRET, "***"), nanos::get);
        LogRecord record = new LogRecord(java.util.logging.Level.WARNING, "status 401\nfor " + SECRET);

        lines.publish(new LogRecord(java.util.logging.Level.INFO, "no news"));
        lines.publish(record);
        nanos.set(59_000_000_000L);
        lines.publish(record);
        nanos.set(60_000_000_000L);
        lines.publish(record);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "tracing_failed warnings=1: status 401 for ***; the feed goes on, spans are dropped",
                        "tracing_failed warnings=3: status 401 for ***; the feed goes on, spans are dropped");
    }

    @Test
    void anOptionThatTheLibraryRefusesIsItsException() {
        Map<String, String> options = options("http://127.0.0.1:1");
        options.put("otel.propagators", "pigeon");

        assertThatThrownBy(() -> open(options)).hasMessageContaining("pigeon");
    }
}
