package dev.livefeed.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a line of the log is written. */
public enum LogFormat {
    /** For people: time, level, thread, logger, message; with colours on a terminal. */
    TEXT {
        @Override
        Encoder<ILoggingEvent> encoder(LoggerContext context) {
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setContext(context);
            encoder.setPattern(Terminal.hasColours() ? IN_COLOUR : PLAIN);
            encoder.start();
            return encoder;
        }
    },
    /** For programs: one JSON object, see {@link JsonLines}. */
    JSON {
        @Override
        Encoder<ILoggingEvent> encoder(LoggerContext context) {
            return JsonLines.encoder(context);
        }
    };

    /** Of times, in UTC. */
    static final String TIME = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";

    private static final String VENUE = "%replace(%X{" + LogVenue.KEY + "}){'(.+)', ' venue=$1'}%n";
    private static final String PLAIN = "%d{" + TIME + ",UTC} %-5level [%thread] %logger{20} - %msg" + VENUE;
    private static final String IN_COLOUR =
            "%gray(%d{" + TIME + ",UTC}) %highlight(%-5level) %gray([%thread] %logger{20} -) %msg" + VENUE;

    abstract Encoder<ILoggingEvent> encoder(LoggerContext context);

    /** The format of this name, in any case; empty if there is none. */
    public static Optional<LogFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Writes the lines from now on in this format; nothing with a log configuration of the operator. */
    public void use() {
        StderrLogging.use(this);
    }

    /** The rule for a setting. */
    public static String rule() {
        return "it must be text or json";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
