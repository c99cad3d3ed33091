package dev.livefeed.app;

import dev.livefeed.app.route.library.RunningJar;
import dev.livefeed.app.route.reload.RouteFiles;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.settings.SettingsException;
import dev.livefeed.app.settings.UnknownSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings as {@code run} and {@code check} read them.
 *
 * @param warnings what does not keep the program from starting, and is hardly meant
 */
record CheckedSettings(Settings settings, List<String> warnings) {

    /**
     * The settings of this process, its own JVM options included.
     *
     * @throws SettingsException with one line for each fault
     */
    static CheckedSettings load() throws SettingsException {
        return load(System.getenv());
    }

    /** The settings with that environment. */
    static CheckedSettings load(Map<String, String> environment) throws SettingsException {
        Path here = Path.of("");
        CarriedConnectors connectors = new CarriedConnectors();
        UnknownSettings unknown = new UnknownSettings(
                here,
                environment,
                RouteFiles.namesUsed(Settings.routesDir(here, environment), here, RunningJar.path()),
                connectors);
        List<String> faults = new ArrayList<>(unknown.faults());
        Settings settings = null;
        try {
            settings = Settings.load(here, environment, connectors);
        } catch (SettingsException e) {
            faults.addAll(e.faults());
        }
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        List<String> warnings = new ArrayList<>(settings.warnings());
        warnings.addAll(unknown.warnings());
        return new CheckedSettings(settings, warnings);
    }

    /** Tells the warnings on standard error. */
    Settings warned() {
        warnings.forEach(warning -> System.err.println("warning: " + warning));
        return settings;
    }
}
