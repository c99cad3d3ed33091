package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;

/**
 * The origin of the routes, and the results of edits.
 *
 * @param edits null if edits are not detected
 */
public record RoutesBody(String from, @JsonUnwrapped Edits edits) {

    public record Edits(
            long reloads,
            Instant lastReload,
            List<String> refusedEdit,
            List<FileFault> faults,
            @JsonUnwrapped Running running,
            @JsonUnwrapped Checks checks) {}

    /** When the files were checked; not in the stream, since it changes each second. */
    public record Checks(Instant checkedAt, double secondsSinceCheck, Instant busySince, String checkError) {}

    /** How the running versions do. */
    public record Running(List<FailingRoute> failing, List<RestoredFile> restored) {}

    /** The error in a route file. */
    public record FileFault(String file, Integer line, String step, String reason) {}

    /**
     * A route that has failed on each event since it was edited.
     *
     * @param fault its file, the step that fails and the line of that, which may be unknown
     * @param failures since the edit
     * @param since the first of them
     * @param editedAt null if the route runs since the start
     * @param edits the edited files because of which it was replaced
     */
    public record FailingRoute(
            @JsonUnwrapped FileFault fault,
            String route,
            long failures,
            Instant since,
            Instant editedAt,
            List<String> edits) {

        /** A one-line description. */
        public String text() {
            return "route " + route + " of " + fault.file + (fault.line == null ? "" : ":" + fault.line)
                    + " has failed on each event since "
                    + (editedAt == null ? "the start" : "its edit at " + editedAt) + ", " + failures + " times"
                    + (fault.step == null ? "" : ", at " + fault.step) + ": " + fault.reason;
        }
    }

    /** A file of which the version before its last edit runs. */
    public record RestoredFile(String file, Instant at) {}
}
