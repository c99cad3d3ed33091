package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The metrics of a run, from its start. */
@ExtendWith(JarExtension.class)
class MetricsIT {

    private static final Pattern SERIES = Pattern.compile("livefeed_[a-z_]*[a-z]");

    /** A connector that only connects until a file {@code go} exists, then causes one problem of each kind. */
    private static final String QUIET_THEN_TROUBLED =
            """
            status connected
            while [ ! -e go ]; do sleep 0.1; done
            echo 'no JSON'
            printf '{"type":"trade","timestamp":%s000,"price":"0","qty":"1","side":"buy","id":"1"}\\n' "$(date +%s)"
            printf '{"type":"status","status":"gap","channel":"trades","symbol":"BTCUSDT","reason":"lost"}\\n'
            printf '{"type":"status","status":"gap","channel":"moods","symbol":"BTCUSDT","reason":"lost"}\\n'
            printf '{"type":"status","status":"disconnected","reason":"reset"}\\n'
            printf '{"type":"error","error":"trouble"}\\n'
            idle
            """;

    @Test
    void everyDocumentedSeriesExistsFromTheStartAndCountersAreZeroBeforeTheFirstOccurrence(Jar jar) throws Exception {
        // The series of a sink exist only if there is a sink.
        jar.ownRoutes();
        jar.write(
                "routes/sink.camel.yaml",
                """
                - route:
                    id: sink
                    from:
                      uri: seda:sink
                      steps:
                        - log:
                            loggingLevel: TRACE
                            message: a queue, so that its metrics are there
                """);
        jar.script(QUIET_THEN_TROUBLED)
                .with("SINKS", "file")
                .with("SYMBOL", "BTCUSDT,ETHUSDT")
                .start();
        assertDocumentedSeriesExist(scrape(jar));
        jar.awaitState("starting", "custom", "live", "stale");

        for (String series : new String[] {
            "livefeed_dead_letters_total{reason=\"not-json\"}",
            "livefeed_dead_letters_total{reason=\"bad-price\"}",
            "livefeed_dead_letters_total{reason=\"step-failed\"}",
            "livefeed_gaps_total{channel=\"trades\"}",
            "livefeed_gaps_total{channel=\"other\"}",
            "livefeed_exchange_disconnects_total",
            "livefeed_connector_errors_total",
            "livefeed_connector_restarts_total",
            "livefeed_book_gaps_total",
            "livefeed_route_edits_refused_total",
            "livefeed_route_reloads_total",
            "livefeed_stream_dropped_total{reason=\"slow\"}",
            "livefeed_events_total{category=\"linear\",symbol=\"ETHUSDT\",type=\"trade\",venue=\"custom\"}",
            "livefeed_events_total{category=\"linear\",symbol=\"BTCUSDT\",type=\"depth\",venue=\"custom\"}"
        }) {
            assertThat(value(jar, series)).as(series).isEqualTo("0.0");
        }

        jar.write("go", "");
        Files.writeString(jar.route("trades"), "- nothing: good", java.nio.file.StandardOpenOption.APPEND);

        for (String series : new String[] {
            "livefeed_dead_letters_total{reason=\"not-json\"}",
            "livefeed_dead_letters_total{reason=\"bad-price\"}",
            "livefeed_gaps_total{channel=\"trades\"}",
            "livefeed_gaps_total{channel=\"other\"}",
            "livefeed_exchange_disconnects_total",
            "livefeed_connector_errors_total",
            "livefeed_route_edits_refused_total"
        }) {
            Jar.soon().alias(series).until(() -> "1.0".equals(value(jar, series)));
        }
        assertThat(value(jar, "livefeed_dead_letters_total{reason=\"step-failed\"}"))
                .isEqualTo("0.0");
        jar.stop();
    }

    private static void assertDocumentedSeriesExist(String scrape) throws IOException {
        Set<String> named = new TreeSet<>();
        for (String document :
                new String[] {"doc/OPERATIONS.md", "doc/BYBIT_CONNECTOR_GUIDE.md", "doc/STRATEGIES.md"}) {
            Matcher series = SERIES.matcher(Files.readString(Path.of(document)));
            while (series.find()) {
                named.add(series.group());
            }
        }
        assertThat(named).contains("livefeed_gaps_total", "livefeed_dead_letters_total", "livefeed_connected");
        for (String name : named) {
            assertThat(scrape).as(name).containsPattern("(?m)^" + name + "(_bucket|_count)?[{ ]");
        }
    }

    @Test
    void alertsOfTheGuideAreValidPrometheusRules() throws Exception {
        String guide = Files.readString(Path.of("doc/BYBIT_CONNECTOR_GUIDE.md"));
        int begin = guide.indexOf("groups:");
        Object rules = new Load(LoadSettings.builder().build())
                .loadFromString(guide.substring(begin, guide.indexOf("```", begin)));

        assertThat(Jar.parse(new ObjectMapper().writeValueAsString(rules)).findValuesAsText("expr"))
                .contains("increase(livefeed_gaps_total[5m]) > 0", "increase(livefeed_dead_letters_total[5m]) > 0")
                .allMatch(expression -> SERIES.matcher(expression).find());
    }

    private static String scrape(Jar jar) {
        var answer = jar.get("/observe/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static String value(Jar jar, String series) {
        return scrape(jar)
                .lines()
                .filter(line -> line.startsWith(series + ' '))
                .map(line -> line.substring(series.length() + 1))
                .findFirst()
                .orElse(null);
    }
}
