package dev.livefeed.app.route.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Endpoint;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Whether files that load well one by one fit together. Where they do not, the fault is that of a changed file: of the one
 * that no longer holds what others need, else of the one that needs it.
 */
final class RouteWiring {

    /** Endpoints the application sends to: without a route from each, events or commands would be lost. */
    private static final List<String> NEEDED =
            List.of("direct:events", "direct:status", "direct:subscriptions", "direct:commands", "direct:candles");

    private final Set<String> changed;
    private final Map<String, FileRoutes> before;
    private final Map<String, String> firstUsers;
    private final List<RouteFault> faults = new ArrayList<>();
    private final Map<String, String> fileOfId = new HashMap<>();
    private final Map<String, String> fileOfInput = new HashMap<>();

    /**
     * @param changed files that do not run as they are
     * @param before what the changed files hold as they run now
     * @param firstUsers endpoint to the file that was the first to name it; filled as files are added
     */
    RouteWiring(Set<String> changed, Map<String, FileRoutes> before, Map<String, String> firstUsers) {
        this.changed = changed;
        this.before = before;
        this.firstUsers = firstUsers;
    }

    /**
     * Takes note of the plain routes that a file has added.
     *
     * @param routes all so far: Camel lets a second route of an id replace the first
     */
    void add(String name, List<RouteDefinition> routes) {
        Set<String> inputs = new LinkedHashSet<>();
        for (RouteDefinition route : routes) {
            if (RouteTrial.from(route, name)) {
                add(name, null, route.getRouteId(), route.getInput().getEndpointUri(), inputs);
            }
        }
    }

    /**
     * Takes note of a route that a file has made from a template.
     *
     * @param line of the templatedRoute, or null
     */
    void add(String name, Integer line, String id, String input) {
        add(name, line, id, input, new LinkedHashSet<>());
    }

    /** The file that has a route of this id already, or null. */
    String fileOf(String id) {
        return fileOfId.get(id);
    }

    private void add(String name, Integer line, String id, String endpoint, Set<String> inputs) {
        String step = "route " + id;
        String other = fileOfId.put(id, name);
        if (other != null) {
            faults.add(new RouteFault(name, line, step, duplicate(id, other)));
        }
        String input = plain(endpoint);
        String from = inputs.add(input) ? fileOfInput.put(input, name) : name;
        if (from != null && input.startsWith("direct:")) {
            faults.add(new RouteFault(
                    name,
                    line,
                    step,
                    "a route from " + input + " is there already, in " + from + "; only one can be from it"));
        }
    }

    static String duplicate(String id, String other) {
        return "route id " + id + " is there already, in " + other + "; each route needs an id of its own";
    }

    /** Takes note of a templatedRoute whose template no file holds. */
    void untemplated(String name, RouteFileParts.Instance instance) {
        String lost = changed.stream()
                .filter(file ->
                        before.getOrDefault(file, FileRoutes.NONE).templates().contains(instance.template()))
                .findFirst()
                .orElse(null);
        faults.add(new RouteFault(
                lost != null ? lost : name,
                lost != null ? null : instance.line(),
                "route " + instance.id(),
                "route " + instance.id() + " is made from the routeTemplate " + instance.template()
                        + ", which no file defines"));
    }

    /** What does not fit together. */
    List<RouteFault> faults(DefaultCamelContext context) {
        Set<String> configurations = new TreeSet<>();
        for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
            configurations.add(configuration.getId());
        }
        for (RouteDefinition route : context.getRouteDefinitions()) {
            String uses = route.getRouteConfigurationId();
            if (uses != null && !uses.contains("*")) {
                for (String one : uses.split(",")) {
                    if (!one.isBlank() && !one.startsWith("<") && !configurations.contains(one.strip())) {
                        faults.add(unconfigured(route, one.strip()));
                    }
                }
            }
        }
        for (String needed : NEEDED) {
            if (!fileOfInput.containsKey(needed)) {
                faults.add(RouteFault.of(
                        whoLost(needed),
                        "no route is from " + needed + ", to which the application sends; put it back"));
            }
        }
        for (Endpoint endpoint : context.getEndpoints()) {
            String target = plain(endpoint.getEndpointUri());
            if (endpoint instanceof DirectEndpoint direct
                    && direct.isFailIfNoConsumers()
                    && !NEEDED.contains(target)
                    && !fileOfInput.containsKey(target)) {
                String lost = whoLost(target);
                String user = firstUsers.get(target);
                faults.add(RouteFault.of(
                        lost != null ? lost : changed.contains(user) ? user : null,
                        "no route is from " + target + ", to which routes send; put it back, or send elsewhere"));
            }
        }
        return faults;
    }

    private RouteFault unconfigured(RouteDefinition route, String configuration) {
        String lost = changed.stream()
                .filter(file -> before.getOrDefault(file, FileRoutes.NONE)
                        .configurations()
                        .contains(configuration))
                .findFirst()
                .orElse(null);
        return new RouteFault(
                lost != null ? lost : fileOfId.get(route.getRouteId()),
                null,
                "route " + route.getRouteId(),
                "route " + route.getRouteId() + " names the routeConfiguration " + configuration
                        + ", which no file defines");
    }

    /** The changed file whose running version has a route from the endpoint, or null. */
    private String whoLost(String input) {
        return changed.stream()
                .filter(file ->
                        before.getOrDefault(file, FileRoutes.NONE).inputs().contains(input))
                .findFirst()
                .orElse(null);
    }

    /** What each file holds. */
    Map<String, FileRoutes> routes(Map<String, RouteFileParts> parts) {
        Map<String, FileRoutes> routes = new LinkedHashMap<>();
        parts.forEach((file, declared) -> routes.put(
                file,
                new FileRoutes(
                        keys(fileOfId, file),
                        keys(fileOfInput, file),
                        declared.configurations(),
                        declared.templateIds())));
        return routes;
    }

    private static Set<String> keys(Map<String, String> owners, String file) {
        Set<String> keys = new TreeSet<>();
        owners.forEach((key, owner) -> {
            if (owner.equals(file)) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** Without the slashes that Camel puts in, and without options. */
    static String plain(String uri) {
        int options = uri.indexOf('?');
        return (options < 0 ? uri : uri.substring(0, options)).replace("direct://", "direct:");
    }
}
