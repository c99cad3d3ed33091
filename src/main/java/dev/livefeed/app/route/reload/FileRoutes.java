package dev.livefeed.app.route.reload;

import java.util.Set;

/**
 * The content of a route file that other files may refer to.
 *
 * @param ids of its routes, including those created from templates
 * @param inputs endpoints that its routes consume from, without options
 * @param configurations ids of its routeConfigurations
 * @param templates ids of its routeTemplates
 */
record FileRoutes(Set<String> ids, Set<String> inputs, Set<String> configurations, Set<String> templates) {

    static final FileRoutes NONE = new FileRoutes(Set.of(), Set.of(), Set.of(), Set.of());
}
