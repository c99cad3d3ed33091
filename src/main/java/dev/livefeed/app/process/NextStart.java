package dev.livefeed.app.process;

import java.time.Duration;
import java.time.Instant;

/**
 * The start that follows a failure.
 *
 * @param attempt number of the retry in its round; 0 if it starts a round
 * @param at when it is due, or null if it has taken place or nothing is planned
 */
public record NextStart(int attempt, Instant at) {

    /** How the delay between retries grows, as the redelivery policy of the shipped route. */
    public record Delays(Duration initial, double multiplier, Duration max) {

        Duration before(int attempt) {
            double millis = initial.toMillis() * Math.pow(multiplier, Math.max(0, attempt - 1));
            return Duration.ofMillis((long) Math.min(millis, max.toMillis()));
        }
    }
}
