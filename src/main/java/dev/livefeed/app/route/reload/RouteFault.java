package dev.livefeed.app.route.reload;

import dev.livefeed.app.api.response.RoutesBody;

/**
 * Why a route file, or all of them together, cannot run.
 *
 * @param file its name, or null where no single file is at fault
 * @param line counted from 1, or null where it is not known
 * @param step the step or route at fault as Camel names it, or null where it is not known
 * @param of what the fault is of
 */
record RouteFault(String file, Integer line, String step, String reason, Of of) {

    /** What a fault is of: only that of the file lasts until the file is changed. */
    enum Of {
        FILE,
        SURROUNDINGS,
        TIME
    }

    RouteFault(String file, Integer line, String step, String reason) {
        this(file, line, step, reason, Of.FILE);
    }

    static RouteFault of(String file, String reason) {
        return new RouteFault(file, null, null, reason);
    }

    /** A fault of what is around the files. */
    static RouteFault passing(String reason) {
        return new RouteFault(null, null, null, reason, Of.SURROUNDINGS);
    }

    /** A file, or where that is not known all of them, took too long. */
    static RouteFault slow(String file, String reason) {
        return new RouteFault(file, null, null, reason, Of.TIME);
    }

    /** The same fault, attributed to a file. */
    RouteFault in(String name) {
        return new RouteFault(name, line, step, reason, of);
    }

    /** One line for people. */
    String text() {
        String place = file == null ? "" : file + (line == null ? "" : ":" + line) + ": ";
        return place + reason + (step == null || reason.contains(step) ? "" : ", at " + step);
    }

    /** For health. */
    RoutesBody.Fault body() {
        return new RoutesBody.Fault(file, line, step, reason);
    }
}
