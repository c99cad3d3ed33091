package dev.livefeed.connector.bybit.context;

import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.feed.ConnectorCounters;
import dev.livefeed.connector.feed.ExchangeClock;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.SessionContext;
import java.util.random.RandomGenerator;

/** Shared by all parts of the feed: what every venue's feed has, and Bybit's settings. */
public record FeedContext(BybitSettings settings, VenueContext venue) {

    public SessionContext sessions() {
        return venue.sessions();
    }

    public Outbox outbox() {
        return venue.outbox();
    }

    public ConnectorCounters figures() {
        return venue.figures();
    }

    public RestClient rest() {
        return venue.rest();
    }

    public ExchangeClock clock() {
        return venue.clock();
    }

    public TimeSource time() {
        return venue.time();
    }

    public RandomGenerator random() {
        return venue.random();
    }

    /** Whether the server of the topic's connection reports its data as synthetic. */
    public boolean synthetic(Topic topic) {
        return topic.link().synthetic();
    }

    /** Microseconds since 1970 on the exchange's clock, as far as it is known. */
    public long exchangeMicros() {
        return venue.exchangeMicros();
    }

    /** The exchange time that an event shows to be reached, see {@link VenueContext#reached}. */
    public long reached(long micros, long before) {
        return venue.reached(micros, before);
    }

    public long now() {
        return venue.now();
    }
}
