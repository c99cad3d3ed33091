package dev.livefeed.connector.bybit.context;

import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.SessionContext;
import java.util.random.RandomGenerator;

/** Shared by all parts of the feed. */
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

    /** Whether the server of the topic's connection reports its data as synthetic. */
    public boolean synthetic(Topic topic) {
        return topic.link().synthetic();
    }

    /** Microseconds since 1970 on the exchange's clock, as far as it is known. */
    public long exchangeMicros() {
        return clock.micros();
    }

    public long now() {
        return time().nanos();
    }
}
