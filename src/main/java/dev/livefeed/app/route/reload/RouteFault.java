package dev.livefeed.app.route.reload;

import dev.livefeed.app.api.response.RoutesBody;
import dev.livefeed.naming.OneLine;

/**
 * Why a route file, or all files together, cannot run.
 *
 * @param file name of the file, or null if no single file is at fault
 * @param line counted from 1, or null if unknown
 * @param step the step or route as Camel names it, or null if unknown
 * @param of the scope of the fault
 */
record RouteFault(String file, Integer line, String step, String reason, Of of) {

    /** The scope of a fault; only a fault of the file persists until the file is changed. */
    enum Of {
        FILE,
        SURROUNDINGS,
        TIME
    }

    RouteFault {
        step = oneLine(step);
        reason = oneLine(reason);
    }

    RouteFault(String file, Integer line, String step, String reason) {
        this(file, line, step, reason, Of.FILE);
    }

    static RouteFault of(String file, String reason) {
        return new RouteFault(file, null, null, reason);
    }

    /** A fault outside the files. */
    static RouteFault passing(String reason) {
        return new RouteFault(null, null, null, reason, Of.SURROUNDINGS);
    }

    /** A file, or all files if unknown, took too long. */
    static RouteFault slow(String file, String reason) {
        return new RouteFault(file, null, null, reason, Of.TIME);
    }

    /** The same fault, with the route in the reason. */
    RouteFault ofRoute(String route) {
        return new RouteFault(file, line, step, "route " + route + ": " + reason, of);
    }

    /** The same fault, attributed to a file. */
    RouteFault in(String name) {
        return new RouteFault(name, line, step, reason, of);
    }

    /** The text without control characters, which ids of routes and names of files may have. */
    static String oneLine(String text) {
        return text == null ? null : OneLine.of(text);
    }

    /** A one-line description. */
    String text() {
        String place = file == null ? "" : oneLine(file) + (line == null ? "" : ":" + line) + ": ";
        return place + reason + (step == null || reason.contains(step) ? "" : ", at " + step);
    }

    /** The form shown in health. */
    RoutesBody.FileFault body() {
        return new RoutesBody.FileFault(file, line, step, reason);
    }
}
