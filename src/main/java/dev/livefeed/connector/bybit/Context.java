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
        Identifiers identifiers) {

    /** Numbers for links, requests and req_ids, each used once. */
    static final class Identifiers {

        private int last;

        int next() {
            return ++last;
        }
    }

    long now() {
        return time.nanos();
    }
}
