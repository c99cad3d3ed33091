package dev.livefeed.connector.bybit;

import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.feed.start.VenueConnector;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.Connector;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.util.Map;

/** The {@code bybit} connector. */
public final class BybitConnector {

    private BybitConnector() {}

    /**
     * Creates the connector from the environment.
     *
     * @throws ConfigurationException if a setting is invalid
     */
    public static Connector create(Map<String, String> environment) throws ConfigurationException {
        return VenueConnector.create(
                "bybit",
                new ConnectorSettings(environment, BybitSettings.CONFIG_FILE),
                BybitSettings::read,
                BybitFeed::new);
    }
}
