package dev.livefeed.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Loads route files in a context that is thrown away and in which nothing starts: what fails here would have failed in
 * the running one. Finds syntax errors, unknown steps, components, options, beans and settings.
 */
public final class RouteTrial {

    /** Endpoints the application sends to: without a route from each, events or commands would be lost. */
    private static final List<String> NEEDED =
            List.of("direct:events", "direct:status", "direct:subscriptions", "direct:commands", "direct:candles");

    private final Properties properties;
    private final Consumer<BiConsumer<String, Object>> beans;

    /**
     * @param properties the settings, for placeholders
     * @param beans binds a set of beans that nothing else uses
     */
    public RouteTrial(Properties properties, Consumer<BiConsumer<String, Object>> beans) {
        this.properties = properties;
        this.beans = beans;
    }

    /** The faults of the files as they are now, one line each; empty where all is well. */
    public List<String> faults(RouteFiles files) {
        return faults(files, null);
    }

    /**
     * The faults of the files, one line each; empty where all is well.
     *
     * @param given their contents by name, or null: they are read
     */
    List<String> faults(RouteFiles files, Map<String, byte[]> given) {
        List<String> faults = new ArrayList<>();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.setAutoStartup(false);
            context.getPropertiesComponent().setOverrideProperties(properties);
            context.getPropertiesComponent().setLocation("");
            beans.accept((name, bean) -> context.getRegistry().bind(name, bean));
            context.start();
            Map<String, byte[]> contents = given == null ? files.read(context) : given;
            if (contents.isEmpty()) {
                faults.add(files.place() + " holds no *" + RouteFiles.SUFFIX
                        + " file; give it the routes, or unset ROUTES_DIR");
            }
            Map<String, RoutesBuilder> builders = new HashMap<>();
            contents.forEach((name, content) -> {
                if (new String(content, java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
                    faults.add(name + ": the file is empty; write its routes, or delete it");
                } else {
                    parse(context, files.resource(name, content), name, builders, faults);
                }
            });
            Map<String, String> owners = new HashMap<>();
            for (Map.Entry<String, RoutesBuilder> entry : builders.entrySet()) {
                addTo(context, entry.getKey(), entry.getValue(), owners, faults);
            }
            if (faults.isEmpty()) {
                faults.addAll(wiring(context));
            }
        } catch (Exception e) {
            faults.add(files.place() + ": " + oneLine(e));
        }
        return faults;
    }

    private static void parse(
            CamelContext context,
            Resource resource,
            String name,
            Map<String, RoutesBuilder> builders,
            List<String> faults) {
        try {
            Collection<RoutesBuilder> found =
                    PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource));
            for (RoutesBuilder builder : found) {
                if (builder instanceof RouteConfigurationsBuilder configurations) {
                    configurations.addRouteConfigurationsToCamelContext(context);
                }
                builders.put(name, builder);
            }
        } catch (Exception e) {
            faults.add(name + ": " + oneLine(e));
        }
    }

    /** @param owners which file each route id was found in: Camel lets a second route of an id replace the first */
    private static void addTo(
            DefaultCamelContext context,
            String name,
            RoutesBuilder builder,
            Map<String, String> owners,
            List<String> faults) {
        try {
            builder.addRoutesToCamelContext(context);
            for (RouteDefinition route : context.getRouteDefinitions()) {
                if (route.getResource() != null
                        && route.getResource().getLocation().endsWith("/" + name)) {
                    String other = owners.put(route.getRouteId(), name);
                    if (other != null) {
                        faults.add(name + ": route id " + route.getRouteId() + " is there already, in " + other
                                + "; each route needs an id of its own");
                    }
                }
            }
        } catch (Exception e) {
            faults.add(name + ": " + oneLine(e));
        }
    }

    /** What loads well one by one and does not fit together. */
    private static List<String> wiring(DefaultCamelContext context) {
        List<String> faults = new ArrayList<>();
        List<String> inputs = new ArrayList<>();
        Set<String> configurations = new java.util.HashSet<>();
        for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
            configurations.add(configuration.getId());
        }
        for (RouteDefinition route : context.getRouteDefinitions()) {
            inputs.add(route.getInput().getEndpointUri());
            String uses = route.getRouteConfigurationId();
            if (uses != null && !uses.contains("*")) {
                for (String one : uses.split(",")) {
                    if (!one.isBlank() && !one.startsWith("<") && !configurations.contains(one.strip())) {
                        faults.add("route " + route.getRouteId() + " names the routeConfiguration " + one.strip()
                                + ", which no file defines");
                    }
                }
            }
        }
        for (String needed : NEEDED) {
            if (inputs.stream().noneMatch(input -> sameEndpoint(input, needed))) {
                faults.add("no route is from " + needed + ", to which the application sends; put it back");
            }
        }
        for (Endpoint endpoint : context.getEndpoints()) {
            String target = plain(endpoint.getEndpointUri());
            if (endpoint instanceof DirectEndpoint direct
                    && direct.isFailIfNoConsumers()
                    && !NEEDED.contains(target)
                    && inputs.stream().noneMatch(input -> sameEndpoint(input, target))) {
                faults.add("no route is from " + target + ", to which routes send; put it back, or send elsewhere");
            }
        }
        return faults;
    }

    private static boolean sameEndpoint(String input, String needed) {
        return plain(input).equals(needed);
    }

    /** Without the slashes that Camel puts in, and without options. */
    private static String plain(String uri) {
        int options = uri.indexOf('?');
        return (options < 0 ? uri : uri.substring(0, options)).replace("direct://", "direct:");
    }

    /** The innermost reason, on one line. */
    static String oneLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof ClassNotFoundException) {
            return "class " + cause.getMessage() + " is not on the class path";
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String line = message.replaceAll("\\s+", " ").strip();
        return line.length() <= 400 ? line : line.substring(0, 400) + "…";
    }
}
