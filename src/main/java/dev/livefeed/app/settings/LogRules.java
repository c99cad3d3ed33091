package dev.livefeed.app.settings;

import java.util.List;
import java.util.Locale;

/** Rules for the log level and the limits on log lines. */
final class LogRules {

    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private LogRules() {}

    static void check(SettingsSource source, SettingChecks checks) {
        if (!LEVELS.contains(source.text("log.level").toUpperCase(Locale.ROOT))) {
            checks.fault("log.level", "it must be one of " + String.join(", ", LEVELS));
        }
        checks.whole("log.lines.per.second", 0, 1_000_000);
        checks.whole("log.stderr.per.second", 0, 1_000_000);
        checks.whole("log.traces.per.minute", 0, 1_000_000);
    }
}
