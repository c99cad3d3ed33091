package dev.livefeed.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * Logs to standard error within {@link LogLimits}, because the standard output of a connector carries events only.
 *
 * <p>The level is {@code LOG_LEVEL}: TRACE, DEBUG, INFO (the default), WARN, ERROR or OFF; {@code LOG_FORMAT} is text
 * (the default) or json. A file in the system property {@code logback.configurationFile} takes precedence over this
 * configuration.
 */
public final class StderrLogging extends ContextAwareBase implements Configurator {

    /** Writes the lines; null with a log configuration of the operator. */
    private static volatile ConsoleAppender<ILoggingEvent> appender;

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
        String format = System.getenv().getOrDefault("LOG_FORMAT", "").strip();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setName("stderr");
        stderr.setTarget("System.err");
        stderr.setEncoder(LogFormat.named(format).orElse(LogFormat.TEXT).encoder(context));
        stderr.start();
        appender = stderr;
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        BoundedAppender bounded = new BoundedAppender(stderr, System::nanoTime);
        bounded.setContext(context);
        bounded.setName("bounded");
        bounded.start();
        root.addAppender(bounded);
        String text = System.getenv().getOrDefault("LOG_LEVEL", "").strip();
        String level = LogLevels.levelNamed(text);
        root.setLevel(level != null ? Level.toLevel(level) : Level.INFO);
        Logger own = context.getLogger(StderrLogging.class);
        if (level == null && !text.isEmpty()) {
            own.warn("log_level_unknown LOG_LEVEL=\"{}\": {}; using INFO", text, LogLevels.rule());
        }
        if (!format.isEmpty() && LogFormat.named(format).isEmpty()) {
            own.warn("log_format_unknown LOG_FORMAT=\"{}\": {}; using text", format, LogFormat.rule());
        }
        if (root.getLevel().isGreaterOrEqual(Level.INFO) && !root.getLevel().isGreaterOrEqual(Level.ERROR)) {
            QUIET.forEach((name, quiet) -> context.getLogger(name).setLevel(quiet));
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void use(LogFormat format) {
        ConsoleAppender<ILoggingEvent> stderr = appender;
        if (stderr != null) {
            stderr.setEncoder(format.encoder((LoggerContext) stderr.getContext()));
        }
    }
}
