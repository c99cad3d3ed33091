package dev.livefeed.app.settings;

import dev.livefeed.logging.LogFormat;
import dev.livefeed.logging.LogLevels;

/** Rules for format, levels and limits of the log. */
final class LogRules {

    private LogRules() {}

    static void check(SettingsSource source, SettingChecks checks) {
        checks.parsed("log.level", LogLevels::checkLevel);
        checks.parsed("log.levels", parts -> LogLevels.of("INFO", parts));
        if (LogFormat.named(source.text("log.format")).isEmpty()) {
            checks.fault("log.format", LogFormat.rule());
        }
        checks.whole("log.lines.per.second", 0, 1_000_000);
        checks.whole("log.stderr.per.second", 0, 1_000_000);
        checks.whole("log.traces.per.minute", 0, 1_000_000);
    }
}
