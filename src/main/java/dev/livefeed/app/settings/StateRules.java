package dev.livefeed.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;

/** Rules for the folder of the persistent state. */
final class StateRules {

    private StateRules() {}

    /** @param folder null if no state is kept */
    static void check(Path folder, SettingChecks checks) {
        checks.interval("state.interval");
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            checks.fault("state.dir", "it must be a folder, or not exist yet");
        }
    }
}
