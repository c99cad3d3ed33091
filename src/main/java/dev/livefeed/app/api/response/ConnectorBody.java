package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The health of the connector and its feed. */
public record ConnectorBody(
        @JsonUnwrapped Connection connection,
        @JsonUnwrapped Readiness readiness,
        Blocked blocked,
        Clock clock,
        Account account,
        Process connectorHealth) {

    /** In the shape of the existing system. */
    public record Connection(boolean connected, String lastTs, int queueSize, int reconnectionAttempts) {}

    public record Readiness(
            String state,
            String source,
            boolean synthetic,
            boolean fresh,
            boolean ready,
            List<String> reasons,
            List<String> alarms) {}

    /** The line that a step of a route holds. */
    public record Blocked(String route, String step, double seconds, String type, String symbol) {}

    /** The exchange's clock against ours. */
    public record Clock(double offsetMs, double uncertaintyMs) {}

    /** The access to the user's own account: apart from the feed, which does not depend on it. */
    public record Account(String state, String code, String reason, String advice, String since, long gaps) {}

    /** @param figures what the connector's last heartbeat told of itself, its numbers as they came */
    public record Process(
            @JsonUnwrapped Now now,
            @JsonUnwrapped Counts counts,
            Map<String, String> connectionsDown,
            @JsonUnwrapped LastEnd lastEnd,
            Map<String, Long> statuses,
            JsonNode figures) {}

    public record Now(
            boolean processAlive,
            Long pid,
            int queueSize,
            long errorCount,
            String phase,
            Double uptimeSeconds,
            Double secondsSinceLastEvent) {}

    public record Counts(
            long starts,
            long retries,
            long exhaustedRounds,
            long processFailures,
            long reportedErrors,
            long exchangeDisconnects,
            long blockedEpisodes) {}

    public record LastEnd(Integer lastExitStatus, String lastFailure, List<String> stderr) {}
}
