package dev.livefeed.app.route.reload;

import dev.livefeed.app.route.library.MissingComponent;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Registry;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Finds the line and the step of a route file that a Camel exception refers to. */
final class FaultLocator {

    private static final Pattern AT = Pattern.compile(">>> (.*?) <<<", Pattern.DOTALL);
    private static final int MAX_STEP = 80;

    private FaultLocator() {}

    /**
     * @param routes the parsed routes of the file; empty if it could not be parsed
     * @param registry the beans that the routes may use
     */
    static RouteFault in(String file, List<RouteDefinition> routes, Throwable failure, Registry registry) {
        String unknown = UnknownName.reason(file, failure, registry);
        String missing = unknown == null ? MissingComponent.reason(failure) : unknown;
        String reason = missing == null ? RouteTrial.oneLine(failure) : missing;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked
                    && marked.getProblemMark().isPresent()) {
                return new RouteFault(file, marked.getProblemMark().get().getLine() + 1, null, reason);
            }
            if (cause instanceof FailedToCreateRouteException failed) {
                return in(file, routes, failed, reason);
            }
        }
        return RouteFault.of(file, reason);
    }

    /** The id of the route that could not be made, or null. */
    static String routeId(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException failed) {
                return failed.getRouteId();
            }
        }
        return null;
    }

    private static RouteFault in(
            String file, List<RouteDefinition> routes, FailedToCreateRouteException failed, String reason) {
        Matcher at = AT.matcher(failed.getMessage());
        String step = at.find() ? at.group(1) : null;
        Integer line = null;
        for (RouteDefinition route : routes) {
            if (failed.getRouteId() == null || failed.getRouteId().equals(route.getRouteId())) {
                line = step == null ? null : lineOf(route.getOutputs(), step);
                line = line == null && route.getInput() != null
                        ? known(route.getInput().getLineNumber())
                        : line;
                break;
            }
        }
        return new RouteFault(file, line, shown(step == null ? "route " + failed.getRouteId() : step), reason);
    }

    /** A step as Camel names it, on one line, shortened. */
    static String shown(String step) {
        String shown = RouteTrial.line(step);
        return shown.length() <= MAX_STEP ? shown : shown.substring(0, MAX_STEP) + "…";
    }

    private static Integer lineOf(List<ProcessorDefinition<?>> steps, String wanted) {
        for (ProcessorDefinition<?> step : steps) {
            Integer inside = lineOf(step.getOutputs(), wanted);
            if (inside != null) {
                return inside;
            }
            if (step.toString().equals(wanted)) {
                return known(step.getLineNumber());
            }
        }
        return null;
    }

    private static Integer known(int line) {
        return line > 0 ? line : null;
    }
}
