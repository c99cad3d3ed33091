package dev.livefeed.connector.feed;

import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
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

    /** Nanoseconds of the feed's clock. */
    public long now() {
        return time().nanos();
    }

    /** The connector's name in statuses. */
    public String connector() {
        return outbox.connector();
    }
}
