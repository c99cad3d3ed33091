package dev.livefeed.connector.bybit.context;

import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.SessionContext;
import java.util.random.RandomGenerator;

/** What every part of the feed works with. */
public record FeedContext(
        BybitSettings settings,
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

    /** Whether what comes of the topic now is made up, by the other side's own word. */
    public boolean synthetic(Topic topic) {
        return topic.link().synthetic();
    }

    /** The exchange's clock, as far as it is known; microseconds since 1970. */
    public long exchangeMicros() {
        return clock.micros();
    }

    public long now() {
        return time().nanos();
    }
}
