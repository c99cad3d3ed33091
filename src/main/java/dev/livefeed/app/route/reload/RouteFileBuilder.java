package dev.livefeed.app.route.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** One route file as Camel reads it, with its templated routes attributed to it. */
final class RouteFileBuilder implements RoutesBuilder, RouteConfigurationsBuilder {

    private final RouteBuilder builder;

    private RouteFileBuilder(RouteBuilder builder) {
        this.builder = builder;
    }

    /** @param resources route files */
    static List<RouteFileBuilder> read(CamelContext context, Collection<Resource> resources) throws Exception {
        List<RouteFileBuilder> builders = new ArrayList<>();
        for (RoutesBuilder found : PluginHelper.getRoutesLoader(context).findRoutesBuilders(resources)) {
            builders.add(new RouteFileBuilder((RouteBuilder) found));
        }
        return builders;
    }

    /** Its plain routes; empty before they are added to a context. */
    List<RouteDefinition> routes() {
        return builder.getRouteCollection().getRoutes();
    }

    /** Its templated routes; empty before its plain routes are added to a context. */
    List<TemplatedRouteDefinition> templated() {
        return builder.getTemplatedRouteCollection().getTemplatedRoutes();
    }

    Resource resource() {
        return builder.getResource();
    }

    @Override
    public void addRoutesToCamelContext(CamelContext context) throws Exception {
        builder.addRoutesToCamelContext(context);
    }

    @Override
    public void addTemplatedRoutesToCamelContext(CamelContext context) throws Exception {
        for (TemplatedRouteDefinition instance : templated()) {
            TemplatedRoutes.make(context, instance, resource());
        }
    }

    /**
     * Replaces its plain routes; its templated routes must be added again once the templates of all files are
     * there.
     */
    @Override
    public Set<String> updateRoutesToCamelContext(CamelContext context) throws Exception {
        return builder.updateRoutesToCamelContext(context);
    }

    /** Ids of all its routes. */
    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        routes().forEach(route -> ids.add(route.getRouteId()));
        templated().forEach(route -> ids.add(route.getRouteId()));
        return ids;
    }

    @Override
    public void addRouteConfigurationsToCamelContext(CamelContext context) throws Exception {
        ((RouteConfigurationsBuilder) builder).addRouteConfigurationsToCamelContext(context);
    }

    @Override
    public void updateRouteConfigurationsToCamelContext(CamelContext context) throws Exception {
        ((RouteConfigurationsBuilder) builder).updateRouteConfigurationsToCamelContext(context);
    }
}
