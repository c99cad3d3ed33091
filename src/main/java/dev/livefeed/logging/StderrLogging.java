package dev.livefeed.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Logs to standard error within {@link LogLimits}, because the standard output of a connector carries events only.
 *
 * <p>The level is {@code LOG_LEVEL}: TRACE, DEBUG, INFO (the default), WARN, ERROR or OFF. A file in the system
 * property {@code logback.configurationFile} takes precedence over this configuration.
 */
public final class StderrLogging extends ContextAwareBase implements Configurator {

    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    /** Clients that log each attempt to connect to a server; the sink that uses them says what fails. */
    private static final Map<String, Level> QUIET = Map.of(
            "org.apache.kafka", Level.WARN,
            "org.apache.kafka.clients.NetworkClient", Level.ERROR,
            "org.apache.kafka.clients.producer", Level.ERROR,
            "com.hivemq.client", Level.ERROR);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        String lines = System.getenv().getOrDefault("LOG_LINES_PER_SECOND", "").strip();
        if (lines.matches("\\d{1,7}")) {
            LogLimits defaults = LogLimits.current();
            LogLimits.set(
                    new LogLimits(Integer.parseInt(lines), defaults.stderrPerSecond(), defaults.tracesPerMinute()));
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{20} - %msg" + "%replace(%X{"
                + LogVenue.KEY + "}){'(.+)', ' venue=$1'}%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setName("stderr");
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        BoundedAppender bounded = new BoundedAppender(stderr, System::nanoTime);
        bounded.setContext(context);
        bounded.setName("bounded");
        bounded.start();
        root.addAppender(bounded);
        String level = System.getenv().getOrDefault("LOG_LEVEL", "").strip().toUpperCase(Locale.ROOT);
        boolean known = LEVELS.contains(level);
        root.setLevel(known ? Level.toLevel(level) : Level.INFO);
        if (!known && !level.isEmpty()) {
            context.getLogger(StderrLogging.class)
                    .warn(
                            "LOG_LEVEL is \"{}\", must be one of TRACE, DEBUG, INFO, WARN, ERROR, OFF; using INFO",
                            level);
        }
        if (root.getLevel().isGreaterOrEqual(Level.INFO) && !root.getLevel().isGreaterOrEqual(Level.ERROR)) {
            QUIET.forEach((name, quiet) -> context.getLogger(name).setLevel(quiet));
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
