package dev.livefeed.connector;

import dev.livefeed.connector.bybit.BybitConnector;
import dev.livefeed.connector.replay.ReplayConnector;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.Connector;
import dev.livefeed.connector.stub.StubConnector;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The connectors this program has, by name. */
final class Connectors {

    private static final Map<String, Factory> BY_NAME = new TreeMap<>(
            Map.of("bybit", BybitConnector::create, "stub", StubConnector::create, "replay", ReplayConnector::create));

    private Connectors() {}

    /** Makes a connector from the environment's variables; nothing is started yet. */
    interface Factory {

        Connector create(Map<String, String> environment) throws ConfigurationException;
    }

    /** The names that {@link #create} knows. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /**
     * Makes the named connector.
     *
     * @param name one of {@link #names}
     * @throws ConfigurationException where the environment holds settings that can never work
     */
    static Connector create(String name, Map<String, String> environment) throws ConfigurationException {
        Factory factory = BY_NAME.get(name);
        if (factory == null) {
            throw new IllegalArgumentException("no connector is called \"" + name + "\"");
        }
        return factory.create(environment);
    }
}
