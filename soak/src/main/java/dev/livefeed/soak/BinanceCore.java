package dev.livefeed.soak;

import dev.livefeed.connector.binance.BinanceFeed;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.NetworkFeed;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Creates the Binance connector's core with a given network, clock and random source. */
final class BinanceCore {

    private BinanceCore() {}

    /**
     * Creates a core, which is not started.
     *
     * @throws IllegalArgumentException if the settings are invalid
     */
    static NetworkFeed create(
            Map<String, String> environment, Network network, Outbox outbox, TimeSource time, RandomGenerator random) {
        try {
            return new BinanceFeed(BinanceSettings.read(environment), network, outbox, time, random);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
