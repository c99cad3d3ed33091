package dev.livefeed.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.api.contract.OpenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operations of the contract have routes, and the documents name exactly these paths. */
class HttpDocumentationTest {

    private static final Pattern ROUTE = Pattern.compile("from:\\s+uri: (\\S+)");
    /** A path formatted as code, with or without a method. */
    private static final Pattern WRITTEN = Pattern.compile("`(?:(?:GET|POST|DELETE|WS) "
            + ")?(/(?:ws|strategy|observe|debug|backfill|live|ready|health|price|ticker|book|context"
            + "|levels|profile|openapi|dead-letters|replay|sources|log)[^`?\\s]*)");
    /** Paths served by Camel and by the stream, without a route. */
    private static final Set<String> BESIDE = Set.of(
            "/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics", "/ws/stream");

    private final OpenApi contract = new OpenApi("1");
    private final JsonNode paths = contract.document().path("paths");

    @Test
    void everyOperationHasOneRouteAndNoRouteAddsAPath() throws IOException {
        List<String> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                ROUTE.matcher(Files.readString(file)).results().forEach(route -> inputs.add(route.group(1)));
            }
        }

        assertThat(inputs).noneMatch(input -> input.startsWith("platform-http:"));
        assertThat(contract.operations()).hasSizeGreaterThan(20).allSatisfy(operation -> assertThat(inputs)
                .containsOnlyOnce(operation.endpoint()));
    }

    @Test
    void onlyTheStreamAndTheSessionAreServedWithoutARoute() {
        List<String> without = new ArrayList<>();
        paths.properties().forEach(path -> path.getValue().properties().forEach(method -> {
            if (!method.getValue().has("operationId")) {
                without.add(method.getKey() + ' ' + path.getKey());
            }
        }));
        assertThat(without)
                .containsExactly(
                        "get /ws/stream",
                        "get /stream",
                        "get /schemas/stream.json",
                        "get /session",
                        "post /session",
                        "delete /session");
    }

    @Test
    void everyDocumentedPathIsServed() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            Matcher written = WRITTEN.matcher(Files.readString(page));
            while (written.find()) {
                String path = written.group(1).replace("/ID", "/{id}");
                boolean group = path.endsWith("…");
                boolean served = group
                        ? known().anyMatch(one -> one.startsWith(path.substring(0, path.length() - 1)))
                        : known().anyMatch(path::equals);
                if (!served) {
                    unknown.add(page + " " + path);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyServedPathIsDocumented() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path page : pages()) {
            all.append(Files.readString(page));
        }
        assertThat(known().map(path -> path.replace("/{id}", "/ID"))).allSatisfy(path -> assertThat(all.toString())
                .containsAnyOf(path, path.replaceFirst("^(/(debug|strategy))/.*", "$1/…")));
    }

    private Stream<String> known() {
        List<String> known = new ArrayList<>(BESIDE);
        paths.fieldNames().forEachRemaining(known::add);
        return known.stream();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("doc"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), pages.filter(page -> page.toString()
                            .endsWith(".md")))
                    .toList();
        }
    }
}
