package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;

/**
 * Where the routes come from, and what became of edits.
 *
 * @param edits null if edits are not looked for
 */
public record RoutesBody(String from, @JsonUnwrapped Edits edits) {

    public record Edits(
            long reloads,
            Instant lastReload,
            List<String> refusedEdit,
            List<Fault> faults,
            Instant checkedAt,
            double secondsSinceCheck,
            Instant busySince,
            String checkError) {}

    /** What is wrong with a route file. */
    public record Fault(String file, Integer line, String step, String reason) {}
}
