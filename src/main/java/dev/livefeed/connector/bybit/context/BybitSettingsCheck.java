package dev.livefeed.connector.bybit.context;

import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.sdk.settings.SettingsReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Checks the settings without starting the connector: first the environment, then the configuration file. */
public final class BybitSettingsCheck {

    private static final String SYMBOLS = "SYMBOL";
    private static final String CHANNELS = "CONNECTOR_CHANNELS";

    private BybitSettingsCheck() {}

    /** @param directory base of a relative path of the configuration file */
    public static SettingsReport check(Map<String, String> environment, Path directory) {
        Map<String, String> withoutFile = new LinkedHashMap<>(environment);
        String file = environment.getOrDefault(BybitSettings.CONFIG_FILE, "").strip();
        withoutFile.remove(BybitSettings.CONFIG_FILE);
        List<String> faults = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        ConnectorSettings settings;
        try {
            settings = new ConnectorSettings(withoutFile, BybitSettings.CONFIG_FILE);
        } catch (ConfigurationException e) {
            throw new IllegalStateException("no file is set", e);
        }
        try {
            BybitSettings read = BybitSettings.read(settings);
            symbols(environment.getOrDefault(SYMBOLS, ""), faults);
            channels(environment.getOrDefault(CHANNELS, ""), read, faults);
            values.put("BYBIT_CATEGORY", read.category().text());
            values.put("BYBIT_DEPTH", Integer.toString(read.depth()));
            values.put(
                    "BYBIT_CONNECTOR_TESTNET",
                    Boolean.toString(settings.flag("testnet", "BYBIT_CONNECTOR_TESTNET", false)));
            if (read.account().keyFault() != null) {
                warnings.add(read.account().keyFault() + "; public data only. Set both or none");
            }
        } catch (ConfigurationException e) {
            e.getMessage().lines().forEach(faults::add);
        }
        warnings.addAll(0, settings.warnings().stream().distinct().toList());
        List<String> fileFaults = new ArrayList<>();
        if (!file.isEmpty()) {
            boolean readable = ConnectorSettings.readable(directory, file);
            inFile(environment, directory)
                    .filter(line -> !faults.contains(line))
                    .forEach(fileFaults::add);
            if (!readable) {
                faults.addAll(fileFaults);
                fileFaults.clear();
            }
        }
        return new SettingsReport(settings.variables(), settings.secrets(), faults, fileFaults, warnings, values);
    }

    private static Stream<String> inFile(Map<String, String> environment, Path directory) {
        try {
            BybitSettings.read(new ConnectorSettings(environment, BybitSettings.CONFIG_FILE, directory));
            return Stream.empty();
        } catch (ConfigurationException e) {
            return e.getMessage().lines();
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
