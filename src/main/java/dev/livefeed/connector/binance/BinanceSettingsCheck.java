package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.sdk.settings.SettingsCheck;
import dev.livefeed.connector.sdk.settings.SettingsReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Checks the settings without starting the connector. */
public final class BinanceSettingsCheck {

    private static final String NAME = "binance";
    private static final String SYMBOLS = "SYMBOL";
    private static final String CHANNELS = "CONNECTOR_CHANNELS";

    private BinanceSettingsCheck() {}

    /** @param directory base of a relative path of the configuration file */
    public static SettingsReport check(Map<String, String> environment, Path directory) {
        return new SettingsCheck<BinanceSettings>(
                        BinanceSettings.CONFIG_FILE, BinanceSettings::read, (read, settings, found) -> {
                            if (NAME.equals(environment.get(SettingsCheck.SUBSCRIBING))) {
                                symbols(environment.getOrDefault(SYMBOLS, ""), read.market(), found.faults());
                                channels(environment.getOrDefault(CHANNELS, ""), read, found.faults());
                            }
                            found.values().put("BINANCE_MARKET", read.market().setting());
                            found.values().put("BINANCE_DEPTH", Integer.toString(read.depth()));
                            found.values().put("BINANCE_TESTNET", flag(settings, "testnet", "BINANCE_TESTNET"));
                            found.values().put("BINANCE_US", flag(settings, "us", "BINANCE_US"));
                        })
                .check(environment, directory);
    }

    private static String flag(ConnectorSettings settings, String key, String variable) {
        return Boolean.toString(settings.flag(key, variable, false));
    }

    /** The categories of the symbols that the application subscribes, such as {@code spot:BTCUSDT}. */
    private static void symbols(String list, BinanceMarket market, List<String> faults) {
        for (String part : list.split(",")) {
            int end = part.lastIndexOf(':');
            if (end >= 0 && !part.substring(0, end).strip().equals(market.text())) {
                faults.add(SYMBOLS + " is \"" + list + "\"; with BINANCE_MARKET " + market.setting()
                        + " the category of a symbol must be " + market.text());
                return;
            }
        }
    }

    /** The channels that the application will subscribe, which would be refused one by one. */
    private static void channels(String list, BinanceSettings settings, List<String> faults) {
        for (String part : list.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            try {
                ChannelName.of(settings.market(), part.strip(), settings.depth());
            } catch (IllegalArgumentException e) {
                faults.add(CHANNELS + " is \"" + list + "\"; " + e.getMessage());
                return;
            }
        }
    }
}
