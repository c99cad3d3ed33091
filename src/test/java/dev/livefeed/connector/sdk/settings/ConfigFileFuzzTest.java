package dev.livefeed.connector.sdk.settings;

import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any content of a connector's configuration file gives settings, or one line for each fault. */
class ConfigFileFuzzTest {

    @TempDir
    Path folder;

    @Test
    void files() throws Exception {
        Path file = folder.resolve("bybit.json");
        new Fuzz("connector-config").run(bytes -> {
            Files.write(file, bytes);
            try {
                BybitSettings.read(Map.of(BybitSettings.CONFIG_FILE, file.toString()));
                return null;
            } catch (ConfigurationException e) {
                return longest(e.getMessage());
            }
        });
    }

    private static String longest(String faults) {
        String longest = "";
        for (String fault : faults.split("\n", -1)) {
            longest = fault.length() > longest.length() || fault.isBlank() ? fault : longest;
        }
        return longest;
    }
}
