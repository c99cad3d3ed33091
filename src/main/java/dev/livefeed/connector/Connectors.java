package dev.livefeed.connector;

import dev.livefeed.connector.binance.BinanceConnector;
import dev.livefeed.connector.binance.BinanceSettingsCheck;
import dev.livefeed.connector.bybit.BybitConnector;
import dev.livefeed.connector.bybit.context.BybitSettingsCheck;
import dev.livefeed.connector.replay.ReplayConnector;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.Connector;
import dev.livefeed.connector.sdk.settings.SettingsReport;
import dev.livefeed.connector.stub.StubConnector;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The connectors this program has, by name. */
public final class Connectors {

    private static final Map<String, Factory> BY_NAME = new TreeMap<>(Map.of(
            "binance", BinanceConnector::create,
            "bybit", BybitConnector::create,
            "stub", StubConnector::create,
            "replay", ReplayConnector::create));

    private static final Map<String, Check> CHECKS =
            Map.of("binance", BinanceSettingsCheck::check, "bybit", BybitSettingsCheck::check);

    private Connectors() {}

    /** Makes a connector from the environment's variables; nothing is started yet. */
    interface Factory {

        Connector create(Map<String, String> environment) throws ConfigurationException;
    }

    /** Judges settings; nothing is made or started. */
    private interface Check {

        SettingsReport check(Map<String, String> environment, Path directory);
    }

    /**
     * What the named connector says of its settings, without being run.
     *
     * @param name one of {@link #names}
     * @param directory where paths of files begin
     */
    public static SettingsReport check(String name, Map<String, String> environment, Path directory) {
        Check check = CHECKS.get(name);
        return check == null ? SettingsReport.NONE : check.check(environment, directory);
    }

    /** The names that {@link #create} knows. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /**
     * Makes the named connector.
     *
     * @param name one of {@link #names}
     * @throws ConfigurationException where the environment holds settings that can never work
     */
    public static Connector create(String name, Map<String, String> environment) throws ConfigurationException {
        Factory factory = BY_NAME.get(name);
        if (factory == null) {
            throw new IllegalArgumentException("no connector is called \"" + name + "\"");
        }
        return factory.create(environment);
    }
}
