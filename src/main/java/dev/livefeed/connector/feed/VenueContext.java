package dev.livefeed.connector.feed;

import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.ConnectionBudget;
import dev.livefeed.connector.session.Identifiers;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.SessionContext;
import java.util.random.RandomGenerator;

/** What all parts of a feed share, for any venue. */
public record VenueContext(
        Timeouts limits,
        SessionContext sessions,
        Outbox outbox,
        ConnectorCounters figures,
        RestClient rest,
        ExchangeClock clock) {

    private static final long MUCH_LATER = 1_000_000L;

    /** The context of a new feed. */
    public static VenueContext create(
            VenueSettings settings,
            RestRules rules,
            RestBudget requests,
            Network network,
            Outbox outbox,
            TimeSource time,
            RandomGenerator random) {
        Identifiers identifiers = new Identifiers();
        ConnectorCounters figures = new ConnectorCounters();
        RestClient rest = new RestClient(rules, requests, network, time, identifiers, figures);
        ExchangeClock clock = new ExchangeClock(
                rest,
                rules.clockPath(),
                rules::clockMicros,
                time,
                settings.limits().clock());
        rest.follow(clock);
        ConnectionBudget connections =
                new ConnectionBudget(time, settings.connections().budget());
        SessionContext sessions = new SessionContext(network, time, random, identifiers, connections);
        return new VenueContext(settings.limits(), sessions, outbox, figures, rest, clock);
    }

    public TimeSource time() {
        return sessions.time();
    }

    public RandomGenerator random() {
        return sessions.random();
    }

    /** Microseconds since 1970 on the exchange's clock, as far as it is known. */
    public long exchangeMicros() {
        return clock.micros();
    }

    /**
     * The exchange time that an event shows to be reached: its own, which may be wrong, but not later than now once the
     * exchange's clock is measured.
     *
     * @param before what was reached before; the clock is only asked if the event is much later
     */
    public long reached(long micros, long before) {
        return micros - before > MUCH_LATER && clock.measured() ? Math.min(micros, exchangeMicros()) : micros;
    }

    /** Nanoseconds of the feed's clock. */
    public long now() {
        return time().nanos();
    }

    /** The connector's name in statuses. */
    public String connector() {
        return outbox.connector();
    }
}
