package dev.livefeed.app.route.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.dataformat.CustomDataFormat;

/**
 * Checks whether files that load individually fit together. If not, the fault belongs to a changed file: to the one
 * that no longer contains what others need, else to the one that needs it.
 */
final class RouteWiring {

    /** Endpoints that the application sends to: without a route for each of them, events or commands would be lost. */
    private static final List<String> ALWAYS_NEEDED =
            List.of("direct:events", "direct:status", "direct:subscriptions", "direct:commands", "direct:candles");

    private final Set<String> needed = new LinkedHashSet<>(ALWAYS_NEEDED);
    private final Set<String> changed;
    private final Map<String, FileRoutes> before;
    private final Map<String, String> firstUsers;
    private final List<RouteFault> faults = new ArrayList<>();
    private final Map<String, String> fileOfId = new HashMap<>();
    private final Map<String, String> fileOfInput = new HashMap<>();
    private final List<HttpInput> httpInputs = new ArrayList<>();

    /**
     * @param changed files that differ from the running ones
     * @param before routes of the running versions of the changed files
     * @param firstUsers endpoint to the first file that uses it; filled as files are added
     * @param operations endpoints that serve the operations of the HTTP interface
     */
    RouteWiring(
            Set<String> changed,
            Map<String, FileRoutes> before,
            Map<String, String> firstUsers,
            Collection<String> operations) {
        this.changed = changed;
        this.before = before;
        this.firstUsers = firstUsers;
        needed.addAll(operations);
    }

    /**
     * Records the plain routes that a file has added.
     *
     * @param routes all routes so far; in Camel a second route with the same id replaces the first
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
     * Records a route that a file has created from a template.
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
        HttpInput http = HttpInput.of(name, endpoint);
        if (http != null) {
            httpInputs.stream()
                    .filter(http::meets)
                    .findFirst()
                    .ifPresent(same -> faults.add(new RouteFault(
                            name,
                            line,
                            step,
                            "route " + id + " serves the HTTP path " + http.path + ", which a route in " + same.file
                                    + " serves already; only one of them would answer: choose another path, or set"
                                    + " httpMethodRestrict of both to different methods")));
            httpInputs.add(http);
        }
    }

    /**
     * An HTTP path that a route serves.
     *
     * @param path without a slash at the end and names of parameters
     * @param methods empty if it serves all
     */
    private record HttpInput(String file, String path, Set<String> methods) {

        private static final Pattern URI = Pattern.compile("platform-http:/*([^?]*?)/*(?:\\?(.*))?");
        private static final Pattern METHODS = Pattern.compile("(?:^|&)httpMethodRestrict=([^&]*)");

        /** Null if the endpoint is none of HTTP. */
        static HttpInput of(String file, String endpoint) {
            Matcher uri = URI.matcher(endpoint);
            if (!uri.matches()) {
                return null;
            }
            Matcher methods = METHODS.matcher(uri.group(2) == null ? "" : uri.group(2));
            return new HttpInput(
                    file,
                    '/' + uri.group(1).replaceAll("\\{[^/}]*}", "{}"),
                    methods.find()
                            ? new TreeSet<>(List.of(
                                    methods.group(1).toUpperCase(Locale.ROOT).split("%2C|,")))
                            : Set.of());
        }

        boolean meets(HttpInput other) {
            return path.equals(other.path)
                    && (methods.isEmpty() || other.methods.isEmpty() || !Collections.disjoint(methods, other.methods));
        }
    }

    static String duplicate(String id, String other) {
        return "route id " + id + " is there already, in " + other + "; each route needs an id of its own";
    }

    /**
     * Records a templatedRoute whose template no file defines.
     *
     * @param known ids of all templates
     */
    void untemplated(String name, RouteFileParts.Instance instance, Set<String> known) {
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
                        + ", which no file defines"
                        + (lost != null
                                ? ""
                                : ": " + UnknownName.text(name, "routeTemplate", instance.template(), "", known))));
    }

    /** The faults between files. */
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
                        faults.add(unconfigured(route, one.strip(), configurations));
                    }
                }
            }
        }
        unrecorded(context);
        idle(context);
        for (String input : needed) {
            if (!fileOfInput.containsKey(input)) {
                faults.add(RouteFault.of(
                        whoLost(input), "no route is from " + input + ", to which the application sends; put it back"));
            }
        }
        for (Endpoint endpoint : context.getEndpoints()) {
            String target = plain(endpoint.getEndpointUri());
            if (endpoint instanceof DirectEndpoint direct
                    && direct.isFailIfNoConsumers()
                    && !needed.contains(target)
                    && !fileOfInput.containsKey(target)) {
                faults.add(unserved(context, target));
            }
        }
        return faults;
    }

    /** Adds a fault for each route that others send to and that does not start by itself. */
    private void idle(DefaultCamelContext context) {
        for (RouteDefinition route : context.getRouteDefinitions()) {
            String starts = route.getAutoStartup();
            if (starts == null || !"false".equalsIgnoreCase(context.resolvePropertyPlaceholders(starts))) {
                continue;
            }
            String input = plain(route.getInput().getEndpointUri());
            EndpointUse use = input.startsWith("direct:")
                    ? EndpointUse.first(context, context.getRouteConfigurationDefinitions(), input)
                    : null;
            if (use != null || needed.contains(input)) {
                String file = fileOfId.get(route.getRouteId());
                faults.add(new RouteFault(
                        changed.contains(file) ? file : null,
                        changed.contains(file) && route.getLineNumber() > 0 ? route.getLineNumber() : null,
                        "route " + route.getRouteId(),
                        "route " + route.getRouteId() + " does not start by itself (autoStartup is false), but "
                                + (use == null ? "the application" : use.owner()) + " sends to " + input
                                + ", which would fail each time; remove autoStartup"));
            }
        }
    }

    /** Adds a fault if events would bypass health and metrics. */
    private void unrecorded(DefaultCamelContext context) {
        String events = fileOfInput.get("direct:events");
        if (events == null || context.getRegistry().lookupByName(RecordsEvents.RECORDER) == null) {
            return;
        }
        boolean read = context.getEndpoints().stream()
                .anyMatch(endpoint -> endpoint.getEndpointUri().startsWith("dataformat:"));
        for (RouteDefinition route : context.getRouteDefinitions()) {
            for (UnmarshalDefinition step :
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), UnmarshalDefinition.class)) {
                if (step.getDataFormatType() instanceof CustomDataFormat custom
                        && context.getRegistry().lookupByName(custom.getRef()) instanceof RecordsEvents format) {
                    read = true;
                    if (!format.missing().isEmpty()) {
                        faults.add(new RouteFault(
                                fileOfId.get(route.getRouteId()),
                                step.getLineNumber() > 0 ? step.getLineNumber() : null,
                                "route " + route.getRouteId(),
                                "the data format " + custom.getRef() + " of route " + route.getRouteId() + " lacks "
                                        + String.join(", ", format.missing())
                                        + ", without which events are not read, or missing from health and metrics;"
                                        + " put it back"));
                    }
                }
            }
        }
        if (!read) {
            faults.add(RouteFault.of(
                    changed.contains(events) ? events : null,
                    "no route unmarshals the events of the connector, so they would be missing from health and metrics;"
                            + " put the step unmarshal with the data format eventFormat back"));
        }
    }

    /** The fault of the file that lost the route from an endpoint, else of the file with a step that sends to it. */
    private RouteFault unserved(DefaultCamelContext context, String target) {
        EndpointUse use = EndpointUse.first(context, context.getRouteConfigurationDefinitions(), target);
        String lost = whoLost(target);
        if (lost != null || use == null) {
            String user = firstUsers.get(target);
            return RouteFault.of(
                    lost != null ? lost : changed.contains(user) ? user : null,
                    "no route is from " + target + ", to which "
                            + (use == null ? "routes send" : use.owner() + " sends")
                            + "; put it back, or send elsewhere");
        }
        String file = use.file() == null ? firstUsers.get(target) : use.file();
        return new RouteFault(
                changed.contains(file) ? file : null,
                changed.contains(file) ? use.line() : null,
                use.owner(),
                use.owner() + ": " + UnknownName.text(file, "route from", target, "", inputs(target)));
    }

    /** The endpoints of the same component that a route is from. */
    private Set<String> inputs(String target) {
        String scheme = target.substring(0, target.indexOf(':') + 1);
        Set<String> inputs = new TreeSet<>(fileOfInput.keySet());
        inputs.removeIf(input -> !input.startsWith(scheme));
        return inputs;
    }

    private RouteFault unconfigured(RouteDefinition route, String configuration, Set<String> known) {
        String lost = changed.stream()
                .filter(file -> before.getOrDefault(file, FileRoutes.NONE)
                        .configurations()
                        .contains(configuration))
                .findFirst()
                .orElse(null);
        String file = fileOfId.get(route.getRouteId());
        Integer line = route.getInput().getLineNumber() > 0 ? route.getInput().getLineNumber() : null;
        return new RouteFault(
                lost != null ? lost : file,
                lost != null ? null : line,
                "route " + route.getRouteId(),
                "route " + route.getRouteId() + " names the routeConfiguration " + configuration
                        + ", which no file defines"
                        + (lost != null
                                ? ""
                                : ": " + UnknownName.text(file, "routeConfiguration", configuration, "", known)));
    }

    /** The changed file whose running version has a route from this endpoint, or null. */
    private String whoLost(String input) {
        return changed.stream()
                .filter(file ->
                        before.getOrDefault(file, FileRoutes.NONE).inputs().contains(input))
                .findFirst()
                .orElse(null);
    }

    /** The content of each file. */
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

    /** Removes the slashes added by Camel, and the options. */
    static String plain(String uri) {
        int options = uri.indexOf('?');
        return (options < 0 ? uri : uri.substring(0, options)).replace("direct://", "direct:");
    }
}
