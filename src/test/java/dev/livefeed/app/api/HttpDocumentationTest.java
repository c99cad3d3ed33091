package dev.livefeed.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The HTTP paths that routes serve, those of the API document and those of the pages are the same. */
class HttpDocumentationTest {

    private static final Pattern ROUTE =
            Pattern.compile("uri: platform-http:(\\S+)\\s+parameters:\\s+httpMethodRestrict: (\\S+)");
    /** A path that is written as code, with a method before it or without. */
    private static final Pattern WRITTEN = Pattern.compile(
            "`(?:(?:GET|POST|DELETE|WS) )?(/(?:ws|strategy|observe|debug|backfill|live|ready|health|price|ticker|book|context"
                    + "|levels|profile|openapi|dead-letters)[^`?\\s]*)");
    /** Served beside the routes: by Camel, and by the stream. */
    private static final Set<String> BESIDE = Set.of(
            "/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics", "/ws/stream");

    private final JsonNode paths = new OpenApi("1").document().path("paths");

    @Test
    void theApiDocumentDescribesWhatTheRoutesServe() throws IOException {
        Set<String> served = new TreeSet<>(Set.of("get /ws/stream"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertThat(text.split("uri: platform-http:", -1).length - 1)
                        .as("paths of %s with a method", file)
                        .isEqualTo((int) ROUTE.matcher(text).results().count());
                ROUTE.matcher(text)
                        .results()
                        .forEach(route -> served.add(route.group(2).toLowerCase(Locale.ROOT) + ' ' + route.group(1)));
            }
        }
        Set<String> described = new TreeSet<>();
        paths.properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method + ' ' + path.getKey())));
        assertThat(described).isEqualTo(served);
    }

    @Test
    void whatThePagesNameIsServed() throws IOException {
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
    void whatIsServedIsNamedByAPage() throws IOException {
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
            return Stream.concat(Stream.of(Path.of("README.md")), pages.filter(Files::isRegularFile))
                    .toList();
        }
    }
}
