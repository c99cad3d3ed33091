package dev.livefeed.soak;

import dev.livefeed.connector.bybit.BybitFeed;
import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.NetworkFeed;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Creates the connector's core with a given network, clock and random source. */
final class BybitCore {

    private BybitCore() {}

    /**
     * Creates a core, which is not started.
     *
     * @throws IllegalArgumentException if the settings are invalid
     */
    static NetworkFeed create(
            Map<String, String> environment, Network network, Outbox outbox, TimeSource time, RandomGenerator random) {
        try {
            return new BybitFeed(BybitSettings.read(environment), network, outbox, time, random);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
