package dev.livefeed.app.route.reload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The route files as found by one check.
 *
 * @param contents name to content
 * @param unreadable name to fault of a file that could not be read
 */
public record RouteFileSet(Map<String, byte[]> contents, Map<String, RouteFault> unreadable) {

    /** The routeTemplates of the connector's file, and the ids of the routes of the first source. */
    private static final List<String> SOURCE_TEMPLATES = List.of("connector", "connector-unavailable");

    public RouteFileSet {
        contents = Collections.unmodifiableMap(new TreeMap<>(contents));
        unreadable = Collections.unmodifiableMap(new TreeMap<>(unreadable));
    }

    /**
     * The same with the connector routes of further sources at the end of the files that hold their templates, so that
     * an edit of a template applies to all sources.
     *
     * @param venues of the sources after the first one
     */
    RouteFileSet withSources(List<String> venues) {
        if (venues.isEmpty()) {
            return this;
        }
        Map<String, byte[]> all = new TreeMap<>(contents);
        all.replaceAll((name, content) -> {
            Set<String> held = templates(name, content);
            StringBuilder added = new StringBuilder();
            SOURCE_TEMPLATES.stream()
                    .filter(held::contains)
                    .forEach(template -> venues.forEach(venue -> added.append(ofSource(template, '-' + venue))));
            return added.isEmpty()
                    ? content
                    : (new String(content, StandardCharsets.UTF_8) + added).getBytes(StandardCharsets.UTF_8);
        });
        return new RouteFileSet(all, unreadable);
    }

    /** Whether the files hold the templates of the connector routes, which several sources need. */
    public boolean holdsSourceTemplates() {
        Set<String> all = new TreeSet<>();
        contents.forEach((name, content) -> all.addAll(templates(name, content)));
        return all.containsAll(SOURCE_TEMPLATES);
    }

    private static Set<String> templates(String name, byte[] content) {
        try {
            return RouteFileLimits.fault(name, content) == null
                    ? RouteFileParts.of(content).templateIds()
                    : Set.of();
        } catch (YamlEngineException e) {
            return Set.of(); // the trial reports it
        }
    }

    private static String ofSource(String template, String source) {
        return """

                - templatedRoute:
                    routeTemplateRef: %s
                    routeId: %s%s
                    parameters:
                      - name: source
                        value: "%s"
                """
                .formatted(template, template, source, source);
    }

    /** Whether another check found the same content. */
    boolean same(RouteFileSet other) {
        return unreadable.equals(other.unreadable) && same(contents, other.contents);
    }

    private static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
        return a.keySet().equals(b.keySet())
                && a.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), b.get(e.getKey())));
    }
}
