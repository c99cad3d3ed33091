package dev.livefeed.app.route.outcome;

import dev.livefeed.app.api.response.RoutesBody;
import dev.livefeed.app.route.sample.StepLine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the routes that have failed on each exchange since their file was edited, or since the start. Thread-safe. */
public final class FailingRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(FailingRoutes.class);
    /** Fewer failures may be those of a single odd event. */
    private static final long FAILURES = 3;
    /** A version that had no exchange for this long may be one that rarely has any. */
    private static final Duration TRIED = Duration.ofSeconds(10);

    private final CamelContext context;
    private final RouteOutcomes outcomes;
    private final Function<Throwable, String> text;
    private final Map<String, RunningVersion> byRoute = new TreeMap<>();
    /** When each file was edited, by the monotonic clock. */
    private final Map<String, Long> editedNanos = new TreeMap<>();

    private final Set<String> logged = new TreeSet<>();

    /**
     * The version of a route that runs.
     *
     * @param editedAt null if it runs since the start
     * @param edits the edited files because of which it was replaced
     * @param before its outcome until then
     */
    private record RunningVersion(String file, Instant editedAt, Set<String> edits, RouteOutcome before) {}

    /** @param text the reason of a failure, on one line */
    public FailingRoutes(CamelContext context, RouteOutcomes outcomes, Function<Throwable, String> text) {
        this.context = context;
        this.outcomes = outcomes;
        this.text = text;
    }

    /** Notes the routes of the files as they are at the start. */
    public synchronized void started(Map<String, Set<String>> routesByFile) {
        routesByFile.forEach((file, routes) -> routes.forEach(
                route -> byRoute.put(route, new RunningVersion(file, null, Set.of(file), RouteOutcome.NONE))));
    }

    /**
     * Notes routes that were replaced.
     *
     * @param routesByFile ids of the routes of each file that was loaded again
     * @param edits the files that were edited; others were loaded because they use templates or handlers of these
     */
    public synchronized void edited(Map<String, Set<String>> routesByFile, Set<String> edits) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        edits.forEach(file -> editedNanos.put(file, System.nanoTime()));
        byRoute.values().removeIf(version -> edits.contains(version.file));
        routesByFile.forEach((file, routes) -> {
            Set<String> causes = edits.contains(file) ? Set.of(file) : Set.copyOf(edits);
            routes.forEach(route -> byRoute.put(route, new RunningVersion(file, now, causes, outcomes.of(route))));
        });
    }

    /** Whether the running version of a file works as far as can be told: not, before it has had any exchange. */
    public synchronized boolean proven(String file) {
        Long since = editedNanos.get(file);
        long failures = 0;
        for (Map.Entry<String, RunningVersion> route : byRoute.entrySet()) {
            if (route.getValue().edits.contains(file)) {
                RouteOutcome now = outcomes.of(route.getKey());
                if (fails(route.getValue().before, now)) {
                    return false;
                }
                if (now.succeeded() > route.getValue().before.succeeded()) {
                    return true;
                }
                failures += now.failed() - route.getValue().before.failed();
            }
        }
        return since == null || failures == 0 && System.nanoTime() - since > TRIED.toNanos();
    }

    private static boolean fails(RouteOutcome before, RouteOutcome now) {
        return now.succeeded() <= before.succeeded()
                && now.failed() - before.failed() >= FAILURES
                && now.since() != null;
    }

    /** The edited files to which failing routes are due; those that fail since the start are left out. */
    public Set<String> edits() {
        Set<String> files = new TreeSet<>();
        list().stream().filter(failing -> failing.editedAt() != null).forEach(failing -> files.addAll(failing.edits()));
        return files;
    }

    /** The routes that fail, sorted. */
    public synchronized List<RoutesBody.FailingRoute> list() {
        List<RoutesBody.FailingRoute> failing = new ArrayList<>();
        byRoute.forEach((route, version) -> {
            RouteOutcome now = outcomes.of(route);
            if (context.getRoute(route) != null && fails(version.before, now)) {
                failing.add(failing(route, version, now));
            }
        });
        return failing;
    }

    private RoutesBody.FailingRoute failing(String route, RunningVersion version, RouteOutcome now) {
        RouteDefinition definition =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(route);
        ProcessorDefinition<?> step = step(definition, now.step());
        int line = step == null ? 0 : StepLine.of(definition, step, step.getLineNumber());
        return new RoutesBody.FailingRoute(
                new RoutesBody.FileFault(
                        version.file,
                        line > 0 ? line : null,
                        step == null ? now.step() : step.getShortName() + " " + step.getId(),
                        now.cause() == null ? "no exception" : text.apply(now.cause())),
                route,
                now.failed() - version.before.failed(),
                version.editedAt != null && version.editedAt.isAfter(now.since()) ? version.editedAt : now.since(),
                version.editedAt,
                List.copyOf(new TreeSet<>(version.edits)));
    }

    private static ProcessorDefinition<?> step(RouteDefinition definition, String id) {
        if (definition == null || id == null) {
            return null;
        }
        for (ProcessorDefinition<?> step :
                ProcessorDefinitionHelper.filterTypeInOutputs(definition.getOutputs(), ProcessorDefinition.class)) {
            if (id.equals(step.getId())) {
                return step;
            }
        }
        return null;
    }

    /** Logs each route that begins to fail, and each that no longer does. */
    public void log() {
        List<RoutesBody.FailingRoute> now = list();
        Set<String> routes = new TreeSet<>();
        for (RoutesBody.FailingRoute failing : now) {
            routes.add(failing.route());
            if (logged.add(failing.route())) {
                LOG.warn("route_failing {}", failing.text());
            }
        }
        logged.removeIf(route -> {
            boolean over = !routes.contains(route);
            if (over) {
                LOG.info("route_works_again route={}", route);
            }
            return over;
        });
    }
}
