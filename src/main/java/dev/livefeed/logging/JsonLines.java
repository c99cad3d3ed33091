package dev.livefeed.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import net.logstash.logback.composite.JsonProviders;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MdcJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;

/**
 * Lines of the log as JSON objects: {@code time} (ISO 8601, UTC), {@code level}, {@code thread}, {@code logger},
 * {@code venue} if several sources run, {@code event} and {@code fields} (see {@link EventFields}), {@code message},
 * and {@code stack_trace} if there is one.
 */
final class JsonLines {

    private JsonLines() {}

    static Encoder<ILoggingEvent> encoder(LoggerContext context) {
        LoggingEventFormattedTimestampJsonProvider time = new LoggingEventFormattedTimestampJsonProvider();
        time.setFieldName("time");
        time.setPattern(LogFormat.TIME);
        time.setTimeZone("UTC");
        LogLevelJsonProvider level = new LogLevelJsonProvider();
        level.setFieldName("level");
        LoggingEventThreadNameJsonProvider thread = new LoggingEventThreadNameJsonProvider();
        thread.setFieldName("thread");
        LoggerNameJsonProvider logger = new LoggerNameJsonProvider();
        logger.setFieldName("logger");
        MdcJsonProvider venue = new MdcJsonProvider();
        venue.addIncludeMdcKeyName(LogVenue.KEY);
        MessageJsonProvider message = new MessageJsonProvider();
        message.setFieldName("message");
        StackTraceJsonProvider trace = new StackTraceJsonProvider();
        trace.setFieldName("stack_trace");

        JsonProviders<ILoggingEvent> providers = new JsonProviders<>();
        providers.addProvider(time);
        providers.addProvider(level);
        providers.addProvider(thread);
        providers.addProvider(logger);
        providers.addProvider(venue);
        providers.addProvider(new EventFields());
        providers.addProvider(message);
        providers.addProvider(trace);
        LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setContext(context);
        encoder.setProviders(providers);
        encoder.start();
        return encoder;
    }
}
