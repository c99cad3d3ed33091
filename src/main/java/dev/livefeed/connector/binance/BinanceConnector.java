package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.feed.start.VenueConnector;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.Connector;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.util.Map;

/** The {@code binance} connector. */
public final class BinanceConnector {

    private BinanceConnector() {}

    /**
     * Creates the connector from the environment.
     *
     * @throws ConfigurationException if a setting is invalid
     */
    public static Connector create(Map<String, String> environment) throws ConfigurationException {
        return VenueConnector.create(
                "binance",
                new ConnectorSettings(environment, BinanceSettings.CONFIG_FILE),
                BinanceSettings::read,
                BinanceFeed::new);
    }
}
