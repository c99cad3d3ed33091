package dev.livefeed.app.route.reload;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.support.PatternHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The declarations of a route file other than plain routes, with their line numbers, which Camel does not keep.
 *
 * @param configurations ids of its routeConfigurations; the empty id for one without, which applies to all routes
 * @param templates its routeTemplates
 * @param instances its templatedRoutes
 */
record RouteFileParts(Set<String> configurations, List<Template> templates, List<Instance> instances) {

    /** A routeTemplate; its line is counted from 1. */
    record Template(String id, int line) {}

    /**
     * A templatedRoute.
     *
     * @param id of the route, or null
     * @param template that it names, or null
     * @param line counted from 1
     * @param parameters name to line
     */
    record Instance(String id, String template, int line, Map<String, Integer> parameters) {}

    /** @param content a file within {@link RouteFileLimits}; null if there is no such file */
    static RouteFileParts of(byte[] content) {
        RouteFileParts parts = new RouteFileParts(new TreeSet<>(), new ArrayList<>(), new ArrayList<>());
        if (content != null) {
            new Compose(LoadSettings.builder().build())
                    .composeInputStream(new ByteArrayInputStream(content))
                    .ifPresent(root -> items(root).forEach(parts::take));
        }
        return parts;
    }

    private void take(Node item) {
        if (item instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                Node value = tuple.getValueNode();
                switch (String.valueOf(text(tuple.getKeyNode()))) {
                    case "routeConfiguration" -> {
                        String id = text(value(value, "id"));
                        configurations.add(id == null ? "" : id);
                    }
                    case "routeTemplate" ->
                        templates.add(new Template(text(value(value, "id")), line(tuple.getKeyNode())));
                    case "templatedRoute" -> instances.add(instance(value, line(tuple.getKeyNode())));
                    default -> {
                        // A route, or what concerns no other file.
                    }
                }
            }
        }
    }

    private static Instance instance(Node value, int line) {
        Map<String, Integer> parameters = new LinkedHashMap<>();
        for (Node parameter : items(value(value, "parameters"))) {
            String name = text(value(parameter, "name"));
            if (name != null) {
                parameters.put(name, line(parameter));
            }
        }
        return new Instance(text(value(value, "routeId")), text(value(value, "routeTemplateRef")), line, parameters);
    }

    private static List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    private static Node value(Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (key.equals(text(tuple.getKeyNode()))) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    Set<String> templateIds() {
        return templates.stream().map(template -> String.valueOf(template.id())).collect(Collectors.toSet());
    }

    /**
     * Whether a route uses a routeConfiguration.
     *
     * @param wanted what the route names: ids or patterns, comma separated, or null
     * @param id the configuration's, empty if it has none
     */
    static boolean uses(String wanted, String id) {
        if (wanted == null || wanted.isBlank()) {
            return id.isEmpty();
        }
        return Arrays.stream(wanted.split(",")).anyMatch(one -> PatternHelper.matchPattern(id, one.strip()));
    }
}
