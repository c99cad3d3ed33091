package dev.livefeed.app;

import dev.livefeed.app.settings.Settings;
import dev.livefeed.logging.LogFormat;
import dev.livefeed.logging.LogLevels;
import dev.livefeed.logging.LogLimits;

/** Applies the settings of the log. */
final class Logging {

    private Logging() {}

    /** Errors only, for commands that print their result. */
    static void errors() {
        LogLevels.of("ERROR", "").use();
    }

    /** Sets format, levels and limits. */
    static void use(Settings settings) {
        LogFormat.named(settings.text("log.format")).orElseThrow().use();
        levels(settings).use();
        LogLimits.set(new LogLimits(
                (int) settings.whole("log.lines.per.second"), (int) settings.whole("log.stderr.per.second"), (int)
                        settings.whole("log.traces.per.minute")));
    }

    static LogLevels levels(Settings settings) {
        return LogLevels.of(settings.text("log.level"), settings.text("log.levels"));
    }
}
