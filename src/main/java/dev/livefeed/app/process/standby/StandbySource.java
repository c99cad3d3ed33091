package dev.livefeed.app.process.standby;

import dev.livefeed.app.process.Supervisor;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.UnknownStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a second source while the first one cannot be had: from when a round of starts of its connector is used up, or
 * the connector rejects its settings, until its feed has been connected and fresh without a break for some time. The
 * first one is tried again all the time. Events keep the venue that they are from. {@link #check} is called by one
 * thread; the state can be read by any.
 */
public final class StandbySource {

    /** The status that announces a switch; its venue is that of the source that is used from now on. */
    public static final String SWITCHED = "source_switched";

    private static final Logger LOG = LoggerFactory.getLogger(StandbySource.class);

    private final Member main;
    private final Member standby;
    private final Duration stable;
    private final LongSupplier millis;
    private long seenRounds;
    /** Since when the main feed has been good while the standby is used, on the monotonic clock; -1 if it is not. */
    private long goodSince = -1;

    private volatile Switch active;

    /**
     * One of the two sources.
     *
     * @param rejects whether its connector has rejected its settings
     * @param good whether its feed is connected and fresh
     * @param announce sends a status into the routes
     */
    public record Member(
            String venue,
            Supervisor supervisor,
            BooleanSupplier rejects,
            BooleanSupplier good,
            Consumer<Status> announce) {}

    /** Why and since when the standby is used. */
    public record Switch(String reason, Instant since) {}

    /**
     * @param stable how long the main feed must be good before it is used again
     * @param millis monotonic clock
     */
    public StandbySource(Member main, Member standby, Duration stable, LongSupplier millis) {
        this.main = main;
        this.standby = standby;
        this.stable = stable;
        this.millis = millis;
    }

    /** Called before the connectors are started: the standby is not. */
    public void begin() {
        hold();
    }

    private void hold() {
        standby.supervisor().pause("standby of " + main.venue());
    }

    /** Decides which of the two is used; called every second. */
    public void check() {
        long rounds = main.supervisor().exhaustedRounds();
        boolean failed = rounds > seenRounds || main.rejects().getAsBoolean();
        seenRounds = rounds;
        if (active == null) {
            if (failed) {
                toStandby();
            }
        } else if (failed || !main.good().getAsBoolean()) {
            goodSince = -1;
        } else if (goodSince < 0) {
            goodSince = millis.getAsLong();
        } else if (millis.getAsLong() - goodSince >= stable.toMillis()) {
            toMain();
        }
    }

    private void toStandby() {
        String reason = main.venue() + " cannot be had: its connector "
                + main.supervisor().lastFailure();
        active = new Switch(reason, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        goodSince = -1;
        LOG.error("source_switched from={} to={} reason=\"{}\"", main.venue(), standby.venue(), reason);
        standby.supervisor().unpause();
        announce(main, standby, reason);
    }

    private void toMain() {
        String reason = main.venue() + " has been connected and fresh for " + stable.toSeconds() + " s";
        active = null;
        LOG.warn("source_switched from={} to={} reason=\"{}\"", standby.venue(), main.venue(), reason);
        hold();
        announce(standby, main, reason);
    }

    /** Between the lines of the source that is left, whose process has ended: the other one's may run for days. */
    private static void announce(Member from, Member to, String reason) {
        from.announce()
                .accept(new UnknownStatus(SWITCHED, new Head(null, null, null, null, reason, to.venue()), Map.of()));
    }

    /** The venue of the source that is not used now. */
    public String idle() {
        return active == null ? standby.venue() : main.venue();
    }

    public String main() {
        return main.venue();
    }

    public String standby() {
        return standby.venue();
    }

    /** Null while the main source is used. */
    public Switch active() {
        return active;
    }
}
