package dev.livefeed.app.route.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.spi.Resource;

/**
 * Supplies Camel with exactly the route files that passed the trial, so that Camel does not search for files itself.
 */
public final class LoadedRoutes extends DefaultRoutesCollector {

    private final List<Resource> resources;

    public LoadedRoutes(RouteFiles files, RouteFileSet set) {
        resources = set.contents().entrySet().stream()
                .map(file -> files.resource(file.getKey(), file.getValue()))
                .toList();
    }

    @Override
    public Collection<RoutesBuilder> collectRoutesFromDirectory(
            CamelContext context, String excludePattern, String includePattern) {
        try {
            return new ArrayList<>(RouteFileBuilder.read(context, resources));
        } catch (Exception e) {
            throw new IllegalStateException(RouteTrial.oneLine(e), e);
        }
    }
}
