package dev.livefeed.connector.bybit.context;

import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.sdk.settings.SettingsCheck;
import dev.livefeed.connector.sdk.settings.SettingsReport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Checks the settings without starting the connector: first the environment, then the configuration file. */
public final class BybitSettingsCheck {

    private static final String SYMBOLS = "SYMBOL";
    private static final String CHANNELS = "CONNECTOR_CHANNELS";
    private static final String NAME = "bybit";

    private BybitSettingsCheck() {}

    /** @param directory base of a relative path of the configuration file */
    public static SettingsReport check(Map<String, String> environment, Path directory) {
        return new SettingsCheck<BybitSettings>(
                        BybitSettings.CONFIG_FILE,
                        BybitSettings::read,
                        (read, settings, found) -> further(environment, read, settings, found))
                .check(environment, directory);
    }

    private static void further(
            Map<String, String> environment,
            BybitSettings read,
            ConnectorSettings settings,
            SettingsCheck.Findings found) {
        if (environment.getOrDefault(SettingsCheck.SUBSCRIBING, NAME).equals(NAME)) {
            symbols(environment.getOrDefault(SYMBOLS, ""), found.faults());
            channels(environment.getOrDefault(CHANNELS, ""), read, found.faults());
        }
        Map<String, String> values = found.values();
        values.put("BYBIT_CATEGORY", read.category().text());
        values.put("BYBIT_DEPTH", Integer.toString(read.depth()));
        values.put(
                "BYBIT_CONNECTOR_TESTNET",
                Boolean.toString(settings.flag("testnet", "BYBIT_CONNECTOR_TESTNET", false)));
        if (read.account().keyFault() != null) {
            found.warnings().add(read.account().keyFault() + "; public data only. Set both or none");
        }
    }

    /** The categories of the symbols that the application subscribes, such as {@code spot:BTCUSDT}. */
    private static void symbols(String list, List<String> faults) {
        List<String> categories =
                Arrays.stream(Category.values()).map(Category::text).toList();
        for (String part : list.split(",")) {
            int end = part.lastIndexOf(':');
            if (end >= 0 && !categories.contains(part.substring(0, end))) {
                faults.add(SYMBOLS + " is \"" + list + "\"; " + part.substring(0, end)
                        + " is not a category; it must be one of " + String.join(", ", categories));
                return;
            }
        }
    }

    /** The channels that the application will subscribe, which the venue would refuse one by one. */
    private static void channels(String list, BybitSettings settings, List<String> faults) {
        for (String part : list.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            try {
                TopicName.of(settings.category(), part.strip(), "X", settings.depth());
            } catch (IllegalArgumentException e) {
                faults.add(CHANNELS + " is \"" + list + "\"; " + e.getMessage());
                return;
            }
        }
    }
}
