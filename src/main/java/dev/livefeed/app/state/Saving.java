package dev.livefeed.app.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;

/**
 * Tracks whether something can be saved and, if not, since when and why. Logs the first failure, a reminder every
 * {@value #REMIND_MINUTES} minutes with the number of failures, and the recovery.
 */
public final class Saving {

    static final int REMIND_MINUTES = 10;

    private static final Duration REMIND = Duration.ofMinutes(REMIND_MINUTES);

    private final Logger log;
    private final String failing;
    private final String again;
    private final InstantSource clock;
    private Instant savedAt;
    private Instant failingSince;
    private Instant logged;
    private String reason;
    private long failures;
    private long failuresBefore;

    /**
     * @param savedAt time of the last save, or null
     * @param failingSince null if it can be saved; then {@code reason} is null too
     * @param failures number of failures since the application started
     */
    public record View(Instant savedAt, Instant failingSince, String reason, long failures) {}

    /**
     * @param failing log event name of a failure
     * @param again log event name of the recovery
     */
    public Saving(Logger log, String failing, String again, InstantSource clock) {
        this.log = log;
        this.failing = failing;
        this.again = again;
        this.clock = clock;
    }

    /** Records a successful save. */
    public synchronized void saved() {
        savedAt = clock.instant();
        usable();
    }

    /** Records that saving is possible. */
    public synchronized void usable() {
        if (failingSince != null) {
            log.info("{} failing_since={} failures={}", again, failingSince, failures - failuresBefore);
            failingSince = null;
            reason = null;
        }
    }

    /** @param newReason what happened and what to do, as a text for people */
    public synchronized void failed(String newReason) {
        Instant now = clock.instant();
        if (failingSince == null) {
            failingSince = now;
            failuresBefore = failures;
            logged = now;
            log.error("{} reason=\"{}\"", failing, newReason);
        } else if (Duration.between(logged, now).abs().compareTo(REMIND) >= 0) {
            logged = now;
            log.error(
                    "{} failing_since={} failures={} reason=\"{}\"",
                    failing,
                    failingSince,
                    failures + 1 - failuresBefore,
                    newReason);
        }
        failures++;
        reason = newReason;
    }

    public synchronized View view() {
        return new View(savedAt, failingSince, reason, failures);
    }
}
