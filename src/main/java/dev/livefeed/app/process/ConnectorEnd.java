package dev.livefeed.app.process;

import java.time.Instant;
import java.util.List;

/**
 * How a connector process ended.
 *
 * @param startedAt null if it could not be started
 * @param attempt consecutive failures at the time, this one included
 * @param exitStatus null if there is none
 * @param stderr its last lines
 */
public record ConnectorEnd(
        Instant startedAt, Instant endedAt, int attempt, String reason, Integer exitStatus, List<String> stderr) {}
