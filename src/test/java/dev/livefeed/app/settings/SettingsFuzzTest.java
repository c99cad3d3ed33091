package dev.livefeed.app.settings;

import dev.livefeed.app.CarriedConnectors;
import dev.livefeed.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any content of application.properties gives settings, or one line for each fault. */
class SettingsFuzzTest {

    @TempDir
    Path folder;

    private final ConnectorRules connectors = new CarriedConnectors();

    @Test
    void properties() throws Exception {
        new Fuzz("settings").run(bytes -> {
            Files.write(folder.resolve(SettingsSource.FILE), bytes);
            try {
                Settings settings = Settings.load(folder, Map.of(), connectors);
                return settings.warnings().isEmpty()
                        ? null
                        : settings.warnings().get(0);
            } catch (SettingsException e) {
                for (String fault : e.faults()) {
                    if (fault.length() > 1_000 || fault.chars().anyMatch(Character::isISOControl)) {
                        return fault;
                    }
                }
                return e.faults().get(0);
            }
        });
    }
}
