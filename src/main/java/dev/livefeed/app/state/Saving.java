package dev.livefeed.app.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;

/**
 * Whether something can be saved; if not, since when and why. The log says it at the first failure, then every
 * {@value #REMIND_MINUTES} minutes with the number of failures, and once when it works again.
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
     * @param savedAt when it was saved last, null where it was not
     * @param failingSince null where it can be saved, like the reason
     * @param failures since the program was started
     */
    public record View(Instant savedAt, Instant failingSince, String reason, long failures) {}

    /**
     * @param failing name of the log's event of a failure
     * @param again name of the log's event when it works again
     */
    public Saving(Logger log, String failing, String again, InstantSource clock) {
        this.log = log;
        this.failing = failing;
        this.again = again;
        this.clock = clock;
    }

    /** It was saved. */
    public synchronized void saved() {
        savedAt = clock.instant();
        usable();
    }

    /** It can be saved. */
    public synchronized void usable() {
        if (failingSince != null) {
            log.info("{} failing_since={} failures={}", again, failingSince, failures - failuresBefore);
            failingSince = null;
            reason = null;
        }
    }

    /** @param why for people: what happened, and what to do */
    public synchronized void failed(String why) {
        Instant now = clock.instant();
        if (failingSince == null) {
            failingSince = now;
            failuresBefore = failures;
            logged = now;
            log.error("{} reason=\"{}\"", failing, why);
        } else if (Duration.between(logged, now).compareTo(REMIND) >= 0) {
            logged = now;
            log.error(
                    "{} failing_since={} failures={} reason=\"{}\"",
                    failing,
                    failingSince,
                    failures + 1 - failuresBefore,
                    why);
        }
        failures++;
        reason = why;
    }

    public synchronized View view() {
        return new View(savedAt, failingSince, reason, failures);
    }
}
