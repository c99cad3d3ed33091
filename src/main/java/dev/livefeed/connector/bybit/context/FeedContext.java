package dev.livefeed.connector.bybit.context;

import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.ConnectionBudget;
import dev.livefeed.connector.session.Network;
import java.util.random.RandomGenerator;

/** What every part of the feed works with. */
public record FeedContext(
        BybitSettings settings,
        Network network,
        Outbox outbox,
        TimeSource time,
        RandomGenerator random,
        ConnectorCounters figures,
        Identifiers identifiers,
        RestClient rest,
        ExchangeClock clock,
        ConnectionBudget dialer) {

    /** Numbers for links, requests and req_ids, each used once. */
    public static final class Identifiers {

        private int last;

        public int next() {
            return ++last;
        }
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
        return time.nanos();
    }
}
