package dev.livefeed.app.route.sample;

import java.io.BufferedReader;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WhenDefinition;

/** The line of a step in its file. */
public final class StepLine {

    private StepLine() {}

    /**
     * Camel takes the first line of the mapping, counted from 0. That of a step begins below its key, so the number is
     * that of the key, counted from 1; in flow style, and in a branch, it begins in the line of the key.
     *
     * @param route of the step, or null if unknown
     * @param part the step, or a branch of it
     * @param line its number as Camel has it
     * @return the line of the key, counted from 1; as given if it is not above 0
     */
    public static int of(RouteDefinition route, OptionalIdentifiedDefinition<?> part, int line) {
        if (part instanceof WhenDefinition) {
            return line + 1;
        }
        String key = part.getShortName() + ": {";
        boolean flow = line > 0
                && !text(route, line).contains(key)
                && text(route, line + 1).contains(key);
        return flow ? line + 1 : line;
    }

    /** That line of the route's file, counted from 1; empty if there is none. */
    private static String text(RouteDefinition route, int line) {
        if (route == null || route.getResource() == null || !route.getResource().exists()) {
            return "";
        }
        try (BufferedReader lines = new BufferedReader(route.getResource().getReader())) {
            return lines.lines().skip(line - 1L).findFirst().orElse("");
        } catch (Exception e) {
            return ""; // the file has gone meanwhile; the number is one too small at most
        }
    }
}
