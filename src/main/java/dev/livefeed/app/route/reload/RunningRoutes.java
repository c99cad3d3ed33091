package dev.livefeed.app.route.reload;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;

/** The routes of the running context by the files that they are from. */
final class RunningRoutes {

    private final CamelContext context;
    private final RouteFiles files;

    RunningRoutes(CamelContext context, RouteFiles files) {
        this.context = context;
        this.files = files;
    }

    /** Ids of the routes that are from these files. */
    Set<String> of(Set<String> names) {
        Set<String> ids = new TreeSet<>();
        for (RouteDefinition route : definitions()) {
            if (route.getResource() != null && names.contains(nameOf(route.getResource()))) {
                ids.add(route.getRouteId());
            }
        }
        return ids;
    }

    /**
     * Files whose routes use a routeConfiguration or a routeTemplate of these files: they take it over only when they
     * are loaded again.
     *
     * @param before the files as they run
     * @param now the files as they are to run
     */
    Set<String> users(Set<String> names, Map<String, byte[]> before, Map<String, byte[]> now) {
        Set<String> configurations = new TreeSet<>();
        Set<String> templates = new TreeSet<>();
        for (String name : names) {
            Stream.of(before, now)
                    .map(contents -> RouteFileParts.of(contents.get(name)))
                    .forEach(parts -> {
                        configurations.addAll(parts.configurations());
                        templates.addAll(parts.templateIds());
                    });
        }
        Set<String> users = new TreeSet<>();
        for (RouteDefinition route : definitions()) {
            String uses = route.getRouteConfigurationId();
            if (route.getResource() != null && configurations.stream().anyMatch(id -> RouteFileParts.uses(uses, id))) {
                users.add(nameOf(route.getResource()));
            }
        }
        now.forEach((name, content) -> {
            if (!templates.isEmpty()
                    && RouteFileParts.of(content).instances().stream()
                            .anyMatch(instance -> templates.contains(String.valueOf(instance.template())))) {
                users.add(name);
            }
        });
        users.retainAll(now.keySet());
        return users;
    }

    /**
     * Loads files, in this order, in place of what runs of them.
     *
     * @param before the files as they may run, those that are gone included; their templates are forgotten
     * @return ids of the routes that the files hold
     */
    Set<String> load(Collection<String> names, Map<String, byte[]> contents, Map<String, byte[]> before)
            throws Exception {
        Set<String> templates = new TreeSet<>();
        Stream.concat(names.stream(), before.keySet().stream().filter(name -> !contents.containsKey(name)))
                .forEach(name -> Stream.of(before, contents)
                        .forEach(one -> templates.addAll(
                                RouteFileParts.of(one.get(name)).templateIds())));
        List<Resource> resources = names.stream()
                .filter(contents::containsKey)
                .map(name -> files.resource(name, contents.get(name)))
                .toList();
        List<RouteFileBuilder> builders = RouteFileBuilder.read(context, resources);
        for (RouteFileBuilder builder : builders) {
            builder.updateRouteConfigurationsToCamelContext(context);
        }
        TemplatedRoutes.forget(context, templates);
        Set<String> ids = new LinkedHashSet<>();
        for (RouteFileBuilder builder : builders) {
            builder.updateRoutesToCamelContext(context);
        }
        for (RouteFileBuilder builder : builders) {
            builder.addTemplatedRoutesToCamelContext(context);
            ids.addAll(builder.ids());
        }
        return ids;
    }

    void remove(Set<String> ids) throws Exception {
        for (String id : ids) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
    }

    private List<RouteDefinition> definitions() {
        return List.copyOf(
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions());
    }

    private static String nameOf(Resource resource) {
        return RouteFiles.name(resource.getLocation());
    }
}
