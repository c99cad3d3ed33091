package dev.livefeed.app.settings;

import java.nio.file.Path;

/** Rules for the folder of the persistent state. */
final class StateRules {

    private StateRules() {}

    static void check(Path workingDirectory, SettingChecks checks) {
        checks.interval("state.interval");
        checks.folder("state.dir", workingDirectory);
    }
}
