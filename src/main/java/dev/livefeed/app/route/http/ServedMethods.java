package dev.livefeed.app.route.http;

import dev.livefeed.app.route.http.stream.StreamEndpoint;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;

/** The paths of a server and the methods that each of them has. */
final class ServedMethods {

    private final Router routes;
    private final String base;

    /**
     * @param routes the routes of the server
     * @param base the path below which they are
     */
    ServedMethods(Router routes, String base) {
        this.routes = routes;
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /** The path below that of the server. */
    String below(String path) {
        return path.startsWith(base) ? path.substring(base.length()) : path;
    }

    /** The methods of a path, sorted; empty if no route names one for it. */
    List<String> of(String path) {
        return routes.getRoutes().stream()
                .filter(route -> route.getPath() != null && route.methods() != null && serves(route, path))
                .flatMap(route -> route.methods().stream().map(HttpMethod::name))
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether HEAD can be answered by the route of GET, since the path has one and it ends. */
    boolean onlyReads(String path) {
        List<String> methods = of(path);
        return methods.contains("GET") && !methods.contains("HEAD") && !StreamEndpoint.PATHS.contains(below(path));
    }

    /** The status of a request that no route takes, 404 or 405; 0 if one may take it. */
    int refusal(String path, String method) {
        List<Route> serving =
                routes.getRoutes().stream().filter(route -> serves(route, path)).toList();
        if (serving.isEmpty()) {
            return 404;
        }
        return serving.stream()
                        .anyMatch(route -> route.methods() == null
                                || route.methods().isEmpty()
                                || route.methods().contains(HttpMethod.valueOf(method)))
                ? 0
                : 405;
    }

    private boolean serves(Route route, String path) {
        if (route.getPath() == null) {
            return route.isRegexPath(); // what it takes is only known to the router
        }
        if (!path.startsWith(base)) {
            return false;
        }
        String[] given = path.substring(base.length()).split("/");
        String[] known = route.getPath().split("/");
        if (route.isExactPath() ? given.length != known.length : given.length < known.length) {
            return false;
        }
        for (int i = 0; i < known.length; i++) {
            if (!known[i].startsWith(":") && !known[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }
}
