package dev.livefeed.connector.bybit;

import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.NetworkFeed;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Creates the connector's core with a network, clock and random source of the caller. */
public final class BybitCore {

    private BybitCore() {}

    /**
     * A core that is not started yet.
     *
     * @throws IllegalArgumentException where the settings can never work
     */
    public static NetworkFeed create(
            Map<String, String> environment, Network network, Outbox outbox, TimeSource time, RandomGenerator random) {
        try {
            return new BybitFeed(BybitSettings.read(environment), network, outbox, time, random);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
