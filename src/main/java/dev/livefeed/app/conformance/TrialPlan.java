package dev.livefeed.app.conformance;

import dev.livefeed.app.feed.Subscription;
import dev.livefeed.protocol.model.Instruments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is started, what it is asked for, and for how long it is watched.
 *
 * @param environment complete environment of the process
 * @param badSettings variables that must make it exit with status 78; empty if none is known
 * @param subscriptions what the application would subscribe
 */
public record TrialPlan(
        List<String> command,
        Path workingDirectory,
        Map<String, String> environment,
        Map<String, String> badSettings,
        Instruments instruments,
        List<Subscription> subscriptions,
        TrialWaits times) {

    /**
     * How long is waited.
     *
     * @param start for {@code connected}
     * @param watch how long data is watched
     * @param pause how long stdout is not read
     * @param heartbeat the longest time without a heartbeat
     * @param answer for the answer to a command
     * @param stop for the end of the process
     * @param limit for everything
     */
    public record TrialWaits(
            Duration start,
            Duration watch,
            Duration pause,
            Duration heartbeat,
            Duration answer,
            Duration stop,
            Duration limit) {}
}
