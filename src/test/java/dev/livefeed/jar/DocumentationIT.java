package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks the statements of README and doc about the running program. */
@ExtendWith(JarExtension.class)
class DocumentationIT {

    static final Path REPLAY = Path.of("doc", "REPLAY.md");

    /** One of each: a book, trades, a measured clock, a gap, an invalid line. */
    private static final String FEED =
            """
            printf '{"type":"depth","timestamp":%s000,"bids":[["99","5000"]],"asks":[["101","5000"]],\
            "last_update_id":1}\\n' "$(date +%s)"
            printf '{"type":"trade","timestamp":%s000,"price":100,"qty":1,"side":"buy","id":"r",\
            "received_at":%s000000}\\n' "$(date +%s)" "$(date +%s)"
            trade 1 100
            status connected
            printf '{"type":"status","status":"heartbeat","clock_offset_ms":1,"clock_uncertainty_ms":1}\\n'
            printf '{"type":"trade","timestamp":%s000,"price":100,"qty":1,"side":"buy","id":"m",\
            "received_at":%s000000}\\n' "$(date +%s)" "$(date +%s)"
            printf '{"type":"status","status":"gap","channel":"trades","symbol":"BTCUSDT",\
            "from":"2026-01-01T00:00:00Z","to":"2026-01-01T00:00:01Z"}\\n'
            echo nonsense
            trade 2 100
            while read -r command; do :; done
            """;

    private static final Pattern METRIC = Pattern.compile("livefeed_[a-z_]+");

    @BeforeAll
    static void start(Jar jar) throws Exception {
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
        jar.with("SINKS", "file").script(FEED).start();
        jar.awaitTrades(4);
    }

    @AfterAll
    static void stop(Jar jar) throws Exception {
        jar.stop();
    }

    @Test
    void everyDocumentedMetricIsExposed(Jar jar) throws Exception {
        Jar.soon().until(() -> !jar.json("/dead-letters").isEmpty());
        Set<String> named = new LinkedHashSet<>();
        for (Path page : pages()) {
            METRIC.matcher(Files.readString(page)).results().forEach(name -> named.add(name.group()));
        }

        String exposed = jar.get("/observe/metrics").body();

        assertThat(named).hasSizeGreaterThan(20).allSatisfy(name -> assertThat(exposed)
                .containsPattern("(?m)^" + name + "(_count|_seconds\\w*)?[ {]"));
    }

    @Test
    void everyPathOfTheApiDocumentAnswers(Jar jar) throws Exception {
        Contract contract = new Contract(jar);
        for (String path : contract.paths()) {
            for (String method : List.of("get", "post", "delete")) {
                if (contract.document().at("/paths").path(path).has(method)) {
                    String asked = path.replaceAll("\\{\\w+}", "7");
                    RawHttp answer = RawHttp.send(
                            jar.port(),
                            "",
                            method.toUpperCase(java.util.Locale.ROOT) + ' ' + asked + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: application/json",
                            "Content-Length: 0");
                    assertThat(answer.head())
                            .as("%s %s", method, path)
                            .containsIgnoringCase("Content-Type: application/json");
                    assertThat(contract.document()
                                    .at("/paths")
                                    .path(path)
                                    .path(method)
                                    .path("responses")
                                    .has(Integer.toString(answer.status())))
                            .as("%s %s answers %d", method, path, answer.status())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void documentedCurlCommandsWork(Jar jar) throws Exception {
        int tried = 0;
        for (Path page : pages()) {
            // ReplayIT runs those of a replay, FailingRouteIT those of a route that fails.
            if (!page.equals(REPLAY) && !page.endsWith("ROUTES.md")) {
                tried += CurlCommands.run(page, jar);
            }
        }
        assertThat(tried).isGreaterThanOrEqualTo(4);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("doc"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), pages.filter(page -> page.toString()
                            .endsWith(".md")))
                    .toList();
        }
    }
}
