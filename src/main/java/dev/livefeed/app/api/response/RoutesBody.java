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
            Instant checkedAt,
            double secondsSinceCheck,
            Instant busySince,
            String checkError) {}

    /** The error in a route file. */
    public record FileFault(String file, Integer line, String step, String reason) {}
}
