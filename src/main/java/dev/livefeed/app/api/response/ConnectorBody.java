package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
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
        Progress progress,
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

    /**
     * How far it is with what takes a while after a start.
     *
     * @param snapshots null if the connector does not request snapshots of books
     */
    public record Progress(BackfillSteps backfill, Snapshots snapshots) {}

    /** @param eta estimated remaining seconds, or null if unknown */
    public record BackfillSteps(
            String status,
            int current,
            int total,
            int percentage,
            Long eta,
            int filledMinutes,
            long countedTrades,
            int failedSymbols) {}

    /**
     * @param books number of wanted books
     * @param synced those that are right
     * @param waiting those that wait for a snapshot
     */
    public record Snapshots(long books, long synced, long waiting, int percentage) {}

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

    /** @param restarts the last ends of processes, oldest first */
    public record LastEnd(Integer lastExitStatus, String lastFailure, List<String> stderr, List<Restart> restarts) {}

    /** See {@code ConnectorEnd}. */
    public record Restart(
            Instant startedAt,
            Instant endedAt,
            int attempt,
            String reason,
            Integer exitStatus,
            List<String> stderr,
            Long freshAfterMs) {}
}
