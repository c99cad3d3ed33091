package dev.livefeed.app.route;

import dev.livefeed.app.api.state.RouteCount;
import dev.livefeed.app.route.outcome.RouteCounts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/** The running routes with their files, states and counts. */
public final class RouteList {

    private final RouteCounts counts;

    public RouteList(RouteCounts counts) {
        this.counts = counts;
    }

    /** The routes that run, by id. */
    public List<RouteCount> list(CamelContext context) {
        counts.retain(context);
        return context.getRoutes().stream()
                .sorted(Comparator.comparing(Route::getRouteId))
                .map(route -> count(context, route))
                .filter(Objects::nonNull)
                .toList();
    }

    private RouteCount count(CamelContext context, Route route) {
        String id = route.getRouteId();
        RouteCounts.Figures figures = counts.figures(id);
        return figures == null
                ? null
                : new RouteCount(
                        id,
                        NewEventTypes.file(route),
                        String.valueOf(context.getRouteController().getRouteStatus(id))
                                .toLowerCase(Locale.ROOT),
                        figures.total(),
                        figures.failed(),
                        context.getInflightRepository().size(id));
    }
}
