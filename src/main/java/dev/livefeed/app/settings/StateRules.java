package dev.livefeed.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;

/** The rules for the folder that keeps the state over a restart. */
final class StateRules {

    private StateRules() {}

    /** @param folder null if nothing is kept */
    static void check(Path folder, SettingChecks checks) {
        checks.interval("state.interval");
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            checks.fault("state.dir", "it must be a folder, or nothing yet");
        }
    }
}
