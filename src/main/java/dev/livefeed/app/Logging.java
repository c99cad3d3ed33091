package dev.livefeed.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.logging.LogLimits;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the application logs: its own lines at the level that was set, those of its libraries only where they warn. */
final class Logging {

    private static final List<String> LIBRARIES = List.of("org.apache.camel", "io.vertx", "io.netty");

    private static final List<String> STARTING = List.of(
            "org.apache.camel.impl.engine.AbstractCamelContext",
            "org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer");

    private Logging() {}

    /** Sets the level; DEBUG and TRACE open the libraries' too. */
    static void level(String name) {
        Level level = Level.toLevel(name.toUpperCase(java.util.Locale.ROOT));
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(level);
        for (String library : LIBRARIES) {
            logger(library).setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.WARN : level);
        }
        // The supervisor logs the result of the process in one line.
        logger("org.apache.camel.component.exec").setLevel(Level.OFF);
        // A start that fails ends with one line; see StartException.
        for (String starting : STARTING) {
            logger(starting).setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.OFF : level);
        }
    }

    /** Sets what is logged at most. */
    static void limits(Settings settings) {
        LogLimits.set(new LogLimits(
                (int) settings.whole("log.lines.per.second"), (int) settings.whole("log.stderr.per.second"), (int)
                        settings.whole("log.traces.per.minute")));
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
