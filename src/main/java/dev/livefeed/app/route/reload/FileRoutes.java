package dev.livefeed.app.route.reload;

import java.util.Set;

/**
 * What a route file holds for the others.
 *
 * @param ids of its routes, those made from templates included
 * @param inputs endpoints that its routes are from, without options
 * @param configurations ids of its routeConfigurations
 * @param templates ids of its routeTemplates
 */
record FileRoutes(Set<String> ids, Set<String> inputs, Set<String> configurations, Set<String> templates) {

    static final FileRoutes NONE = new FileRoutes(Set.of(), Set.of(), Set.of(), Set.of());
}
