package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The health of the connector and its feed. */
public record ConnectorBody(
        @JsonUnwrapped Connection connection,
        @JsonUnwrapped ReadinessState readiness,
        Blocked blocked,
        Clock clock,
        Account account,
        List<MaintenanceBody> maintenance,
        Process connectorHealth) {

    /** The fields of the existing system. */
    public record Connection(boolean connected, String lastTs, int queueSize, int reconnectionAttempts) {}

    public record ReadinessState(
            String state,
            String source,
            boolean synthetic,
            boolean fresh,
            boolean ready,
            List<String> reasons,
            List<String> alarms,
            ReadinessBody readiness) {}

    /** The line that a blocked route step is processing. */
    public record Blocked(String route, String step, double seconds, String type, String symbol, String category) {}

    /** The difference between the exchange's clock and the local one. */
    public record Clock(double offsetMs, double uncertaintyMs) {}

    /** The private account stream; the market data feed does not depend on it. */
    public record Account(String state, String code, String reason, String advice, String since, long gaps) {}

    /** @param figures figures of the connector's last heartbeat, with the numbers unchanged */
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
