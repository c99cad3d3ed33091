package dev.livefeed.app;

import dev.livefeed.settings.JavaOptions;
import dev.livefeed.settings.Settings;
import dev.livefeed.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;

/** The settings as {@code run} and {@code check} read them. */
final class CheckedSettings {

    private CheckedSettings() {}

    /**
     * The settings of this process, its own JVM options included.
     *
     * @throws SettingsException with one line for each fault
     */
    static Settings load() throws SettingsException {
        Path here = Path.of("");
        Settings settings = Settings.load(here, System.getenv());
        String said = Relaunch.done() ? null : OwnJvm.refusal(JavaOptions.read(here, System.getenv()));
        if (said != null) {
            throw new SettingsException(List.of(settings.javaOptionsFault(said)));
        }
        return settings;
    }
}
