package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.route.reload.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Every shipped route and template names a route configuration. One without has Camel's own error handler, which logs a
 * trace, and the route that called it does not handle the failure.
 */
class RouteConfigurationsTest {

    private static final String TIMER = "its timer fires again; Camel logs the failure";
    private static final String APPLICATION = "called by the application only, which logs a failure and goes on";

    private static final Map<String, String> EXEMPT = Map.ofEntries(
            Map.entry("backfill", TIMER),
            Map.entry("backfill-missing-trades", TIMER),
            Map.entry("candle-clock", TIMER),
            Map.entry("context-state", TIMER),
            Map.entry("health-log", TIMER),
            Map.entry("subscriptions", APPLICATION),
            Map.entry("commands", APPLICATION),
            Map.entry("connector-unavailable", "it is the handler of supervised"),
            Map.entry("dead-letter", "it is the handler of dead-letters; FeedRoutes counts the line if it fails"));

    private final Map<String, String> configured = new TreeMap<>();
    private final Map<String, String> consumed = new TreeMap<>();
    private final Set<String> configurations = new LinkedHashSet<>();

    private void read() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("routes"))) {
            files = all.filter(file -> file.toString().endsWith(RouteFiles.SUFFIX))
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            List<?> parts = (List<?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            parts.forEach(part -> part((Map<?, ?>) part));
        }
    }

    private void part(Map<?, ?> part) {
        if (part.get("routeConfiguration") instanceof Map<?, ?> configuration) {
            configurations.add((String) configuration.get("id"));
        } else if (part.get("route") instanceof Map<?, ?> route) {
            route((String) route.get("id"), route);
        } else if (part.get("routeTemplate") instanceof Map<?, ?> template) {
            route((String) template.get("id"), (Map<?, ?>) template.get("route"));
        }
    }

    private void route(String id, Map<?, ?> route) {
        consumed.put(id, (String) ((Map<?, ?>) route.get("from")).get("uri"));
        if (route.get("routeConfigurationId") instanceof String name) {
            configured.put(id, name);
        }
    }

    @Test
    void everyRouteNamesOneThatExistsOrIsExempt() throws IOException {
        read();

        Set<String> without = new LinkedHashSet<>(consumed.keySet());
        without.removeAll(configured.keySet());
        assertThat(without).containsExactlyInAnyOrderElementsOf(EXEMPT.keySet());
        assertThat(configurations).containsAll(configured.values());
    }

    @Test
    void theReasonsOfTheExemptionsHold() throws IOException {
        read();

        for (Map.Entry<String, String> exempt : EXEMPT.entrySet()) {
            String endpoint = consumed.get(exempt.getKey());
            assertThat(endpoint).startsWith(exempt.getValue().equals(TIMER) ? "timer:" : "direct:");
            if (exempt.getValue().equals(APPLICATION)) {
                assertThat(callers(endpoint)).isSubsetOf(EXEMPT.keySet());
            }
        }
    }

    /** The routes with a step that sends to the endpoint. */
    private Set<String> callers(String endpoint) throws IOException {
        Set<String> callers = new LinkedHashSet<>();
        try (Stream<Path> all = Files.walk(Path.of("routes"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String id = null;
                for (String line : Files.readAllLines(file)) {
                    String text = line.strip();
                    id = line.startsWith("    id: ") ? text.substring(4) : id;
                    boolean step = text.equals("- to: " + endpoint) || text.equals("uri: " + endpoint);
                    if (step && !line.startsWith("      uri:")) {
                        callers.add(id);
                    }
                }
            }
        }
        return callers;
    }
}
