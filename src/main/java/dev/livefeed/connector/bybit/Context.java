package dev.livefeed.connector.bybit;

import dev.livefeed.connector.TimeSource;
import dev.livefeed.connector.net.Network;
import dev.livefeed.connector.out.Outbox;
import java.util.random.RandomGenerator;

/** What every part of the feed works with. */
record Context(
        BybitSettings settings,
        Network network,
        Outbox outbox,
        TimeSource time,
        RandomGenerator random,
        Figures figures,
        Identifiers identifiers,
        RestDesk rest,
        ExchangeClock clock,
        Dialer dialer) {

    /** Numbers for links, requests and req_ids, each used once. */
    static final class Identifiers {

        private int last;

        int next() {
            return ++last;
        }
    }

    /** Whether what comes of the topic now is made up, by the other side's own word. */
    boolean synthetic(Topic topic) {
        return topic.link().synthetic();
    }

    /** The exchange's clock, as far as it is known; microseconds since 1970. */
    long exchangeMicros() {
        return clock.micros();
    }

    long now() {
        return time.nanos();
    }
}
