package dev.livefeed.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines of the log as JSON objects. */
class JsonLinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoggerContext context = new LoggerContext();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
    private final Encoder<ILoggingEvent> encoder;

    JsonLinesTest() {
        context.setMDCAdapter(mdc);
        encoder = LogFormat.JSON.encoder(context);
    }

    @AfterEach
    void stop() {
        encoder.stop();
        context.stop();
    }

    private JsonNode line(String logger, Level level, Throwable thrown, String format, Object... arguments)
            throws IOException {
        LoggingEvent event = new LoggingEvent(
                "fqcn", context.getLogger(logger), level, format, thrown, arguments.length == 0 ? null : arguments);
        event.setInstant(Instant.parse("2026-11-27T14:03:24.117Z"));
        event.setThreadName("main");
        String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(text.strip()).doesNotContain("\n");
        return JSON.readTree(text);
    }

    private JsonNode own(String format, Object... arguments) throws IOException {
        return line("dev.livefeed.app.process.Supervisor", Level.WARN, null, format, arguments);
    }

    @Test
    void aLineHasItsNameAndItsValuesWithTheirTypes() throws IOException {
        JsonNode line = own(
                "connector_retry attempt={} reason=\"{}\" again={}: it is \"{}\"", 3, "a \"b\"\nc=d", true, "late=5");
        List<String> names = new ArrayList<>();
        line.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly("time", "level", "thread", "logger", "event", "fields", "message");
        assertThat(line.path("time").asText()).isEqualTo("2026-11-27T14:03:24.117Z");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("thread").asText()).isEqualTo("main");
        assertThat(line.path("logger").asText()).isEqualTo("dev.livefeed.app.process.Supervisor");
        assertThat(line.path("event").asText()).isEqualTo("connector_retry");
        assertThat(line.path("fields"))
                .isEqualTo(JSON.readTree("{\"attempt\":3,\"reason\":\"a \\\"b\\\"\\nc=d\",\"again\":true}"));
        assertThat(line.path("message").asText())
                .isEqualTo("connector_retry attempt=3 reason=\"a \"b\"\nc=d\" again=true: it is \"late=5\"");
    }

    @Test
    void severalValuesOfAKeyAreOneText() {
        assertThat(EventFields.fields(
                        "started source={} symbol={}:{} http=http://{}/ws/health; exit={}: it ended",
                        new Object[] {"bybit", "spot", "BTCUSDT", "127.0.0.1:8080", 1}))
                .containsExactly(
                        Map.entry("source", "bybit"),
                        Map.entry("symbol", "spot:BTCUSDT"),
                        Map.entry("http", "http://127.0.0.1:8080/ws/health"),
                        Map.entry("exit", 1));
    }

    @Test
    void valuesWithoutAKeyAreNoFields() {
        assertThat(EventFields.fields("{} reason=\"{}\" {} last={}", new Object[] {"x", "y", "a=b", 7L}))
                .containsExactly(Map.entry("reason", "y"), Map.entry("last", 7L));
        assertThat(EventFields.fields("missing a={} b={}", new Object[] {1}))
                .containsExactly(Map.entry("a", 1), Map.entry("b", "{}"));
    }

    @Test
    void decimalsKeepTheirDigits() throws IOException {
        assertThat(own("paper_fill price={} none={}", new BigDecimal("0.10"), null)
                        .path("fields"))
                .isEqualTo(JSON.readTree("{\"price\":\"0.10\",\"none\":null}"));
    }

    @Test
    void linesOfLibrariesHaveNoEvent() throws IOException {
        JsonNode line = line("org.apache.camel.Main", Level.WARN, null, "failed to start={}", 1);
        assertThat(line.has("event")).isFalse();
        assertThat(line.has("fields")).isFalse();
        assertThat(line.path("message").asText()).isEqualTo("failed to start=1");
        assertThat(line("trades", Level.INFO, null, "trade of BTCUSDT").has("event"))
                .isFalse();
        assertThat(line("dead-letter", Level.WARN, null, "dead_letter reason=form message=\"level=x\"")
                        .path("event")
                        .asText())
                .isEqualTo("dead_letter");
    }

    /** Halves of characters, control characters and numbers that JSON does not have. */
    @Test
    void oddTextIsAValidLine() throws IOException {
        String odd = "\ud83d \udc4d \u0000 \u001b[31m \u009b \u2028 \r\n \ufffe \\ \" \u202e 漢";
        JsonNode line = own("dead_letter reason=\"{}\" share={} list={}", odd, Double.NaN, List.of(odd));

        assertThat(line.path("event").asText()).isEqualTo("dead_letter");
        assertThat(line.at("/fields/share").asText()).isEqualTo("NaN");
        assertThat(line.path("message").asText()).contains("\u001b[31m", "\u2028", "漢", "share=NaN");
        assertThat(line.at("/fields/reason").asText()).contains("\u0000", "漢").endsWith("漢");
        assertThat(own("dead_letter reason=\"{}\"", "x".repeat(1_000_000))
                        .at("/fields/reason")
                        .asText())
                .hasSize(1_000_000);
    }

    @Test
    void textFromOutsideBecomesNoField() throws IOException {
        JsonNode line = line("dead-letter", Level.WARN, null, "dead_letter reason=form message=\"x\" level=ERROR");
        assertThat(line.has("fields")).isFalse();
        assertThat(line.path("level").asText()).isEqualTo("WARN");
    }

    @Test
    void aStackTraceAndTheVenueAreFields() throws IOException {
        mdc.put(LogVenue.KEY, "binance");
        mdc.put("camel.routeId", "trades");
        JsonNode line =
                line("dev.livefeed.X", Level.ERROR, new IllegalStateException("no"), "backfill_failed: internal");
        assertThat(line.path("venue").asText()).isEqualTo("binance");
        assertThat(line.has("camel.routeId")).isFalse();
        assertThat(line.path("event").asText()).isEqualTo("backfill_failed");
        assertThat(line.path("stack_trace").asText())
                .startsWith("java.lang.IllegalStateException: no")
                .contains("JsonLinesTest");
    }
}
