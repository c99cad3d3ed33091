package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Invalid lines become dead letters with a reason; all other lines arrive in order. */
@ExtendWith(JarExtension.class)
class BadLineIT {

    private static final long NOW = System.currentTimeMillis();

    /** Fields of a valid trade. */
    private static final Map<String, String> GOOD = new LinkedHashMap<>();

    static {
        GOOD.put("type", "\"trade\"");
        GOOD.put("timestamp", Long.toString(NOW));
        GOOD.put("price", "\"71423.80\"");
        GOOD.put("qty", "0.001");
        GOOD.put("side", "\"buy\"");
        GOOD.put("id", "\"x\"");
    }

    private record Bad(String reason, byte[] line) {}

    private static Bad bad(String reason, String line) {
        return new Bad(reason, line.getBytes(StandardCharsets.UTF_8));
    }

    private static String trade(String field, String value) {
        Map<String, String> fields = new LinkedHashMap<>(GOOD);
        fields.put(field, value);
        if (value == null) {
            fields.remove(field);
        }
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, text) -> pairs.add('"' + name + "\":" + text));
        return '{' + String.join(",", pairs) + '}';
    }

    private static List<Bad> badLines() {
        byte[] invalidUtf8 = trade("id", "\"??\"").getBytes(StandardCharsets.US_ASCII);
        int at = new String(invalidUtf8, StandardCharsets.US_ASCII).indexOf("??");
        invalidUtf8[at] = (byte) 0xC3;
        invalidUtf8[at + 1] = (byte) 0x28;
        return List.of(
                bad("not-json", trade("id", "\"half\"").substring(0, 60)),
                bad("not-json", "Traceback (most recent call last):"),
                bad("not-an-object", "[1,2,3]"),
                bad("not-an-object", "42"),
                bad("not-an-object", "[".repeat(100_000)),
                bad("too-deep", trade("more", "[".repeat(100_000))),
                bad("too-deep", "{\"a\":".repeat(100_000)),
                new Bad("not-utf8", invalidUtf8),
                bad("not-json", trade("price", "NaN")),
                bad("bad-price", trade("price", "\"NaN\"")),
                bad("bad-price", trade("price", "0")),
                bad("bad-price", trade("price", "-1")),
                bad("bad-price", trade("price", "\"abc\"")),
                bad("bad-price", trade("price", "1e15")),
                bad("bad-qty", trade("qty", "0")),
                bad("missing-field", trade("price", null)),
                bad("missing-field", trade("id", null)),
                bad("bad-side", trade("side", "\"hold\"")),
                bad("bad-timestamp", trade("timestamp", "1000")),
                bad("bad-timestamp", trade("timestamp", "\"1970-01-01T00:00:00Z\"")),
                bad("bad-timestamp", trade("timestamp", "\"3000-01-01T00:00:00Z\"")),
                bad("bad-timestamp", trade("timestamp", "32503680000000")),
                bad("bad-timestamp", trade("timestamp", Long.toString(NOW + 6 * 3_600_000L))),
                bad("no-type", "{\"price\":1}"),
                bad("too-long", trade("more", '"' + "x".repeat(5 * 1024 * 1024) + '"')));
    }

    @Test
    void invalidLinesAreDeadLettersAndTheOthersArriveInOrder(Jar jar) throws Exception {
        List<Bad> bad = badLines();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < bad.size(); i++) {
            valid(lines, i);
            lines.write(bad.get(i).line());
            lines.write('\n');
        }
        valid(lines, bad.size());
        lines.writeBytes("\n\r\n  \t \n".getBytes(StandardCharsets.US_ASCII));
        valid(lines, bad.size() + 1);
        Files.write(jar.folder().resolve("lines"), lines.toByteArray());
        jar.script("status connected; cat lines; idle").ownRoutes();
        RouteEdit.append(jar.route("trades"), "- log: \"arrived ${body.id}\"");
        RouteEdit.append(jar.route("dead-letter"), "- log: \"buried ${body.reason}\"");
        jar.start();

        jar.awaitTrades(bad.size() + 2);

        assertThat(jar.log("arrived g\\d+").stream().map(line -> line.replaceAll(".*arrived g", "")))
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, bad.size() + 2)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(jar.log("buried \\S+").stream().map(line -> line.replaceAll(".*buried ", "")))
                .as("each passes the dead-letter route, including the custom steps")
                .containsExactlyElementsOf(bad.stream().map(Bad::reason).toList());
        JsonNode letters = jar.json("/dead-letters");
        assertThat(letters.findValuesAsText("reason"))
                .containsExactlyElementsOf(bad.stream().map(Bad::reason).toList());
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.path("message").asText()).isNotBlank().hasSizeLessThan(500);
            assertThat(letter.path("line").asText()).isNotBlank().hasSizeLessThan(600);
        });
        JsonNode health = jar.health();
        assertThat(health.at("/dead_letters/total").asInt()).isEqualTo(bad.size());
        assertThat(health.at("/dead_letters/by_reason/bad-price").asInt()).isEqualTo(5);
        assertThat(health.at("/connector/state").asText()).isEqualTo("live");
        assertThat(jar.process().path("starts").asInt()).isOne();
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_dead_letters_total{reason=\"bad-price\"} 5.0")
                .contains("livefeed_dead_letters_total{reason=\"too-long\"} 1.0");
        assertThat(jar.log("dead_letter reason=bad-side")).singleElement().satisfies(line -> assertThat(line)
                .contains("side is \"hold\", must be buy or sell"));
    }

    private static void valid(ByteArrayOutputStream lines, int number) {
        lines.writeBytes((trade("id", "\"g" + number + '"') + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void allLinesMayBeInvalid(Jar jar) throws Exception {
        jar.script("status connected; trade 1; yes 'no event' | head -n 10000; trade 2; idle")
                .start();

        jar.awaitTrades(2);

        assertThat(jar.health().at("/dead_letters/by_reason/not-json").asInt()).isEqualTo(10_000);
        assertThat(jar.json("/dead-letters")).hasSize(100);
        assertThat(jar.log("dead_letter reason=not-json"))
                .as("the first ten, the 100th, the 1000th, the 10,000th, and one a minute")
                .hasSizeBetween(13, 15);
    }

    /** A private row is not shown anywhere. */
    @Test
    void failingStepAndAnInvalidAccountRowMakeDeadLetters(Jar jar) throws Exception {
        jar.script(
                        """
                        status connected; trade 1; trade none; trade 3
                        printf '{"type":"execution","timestamp":%s000,"symbol":"BTCUSDT","id":"e","order_id":"o",\
                        "side":"buy","price":"dear","qty":"4711.5"}\\n' "$(date +%s)"
                        trade 4; idle
                        """)
                .ownRoutes();
        RouteEdit.append(
                jar.route("trades"),
                "- setHeader:\n            name: n\n            simple: \"${body.id.toLowerCase.noSuchThing}\"");
        jar.start();

        jar.awaitTrades(4);

        Jar.soon()
                .until(() ->
                        jar.health().at("/dead_letters/by_reason/step-failed").asInt() == 4);
        JsonNode letters = jar.json("/dead-letters");
        assertThat(letters).hasSize(5);
        assertThat(letters.path(0).path("message").asText()).startsWith("route trades: ");
        JsonNode letter = letters.get(3);
        assertThat(letter.path("reason").asText()).isEqualTo("bad-field");
        assertThat(letter.path("message").asText()).startsWith("price is \"dear\", must be a decimal");
        assertThat(letter.path("line").asText()).matches("a private row of type execution, \\d+ bytes: not shown");
        for (String path :
                List.of("/ws/health", "/ws/metrics", "/observe/health", "/observe/metrics", "/dead-letters")) {
            assertThat(jar.get(path).body()).as(path).doesNotContain("4711.5");
        }
        assertThat(jar.text("err") + jar.text("out")).doesNotContain("4711.5");
    }
}
