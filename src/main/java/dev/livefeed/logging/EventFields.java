package dev.livefeed.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.logstash.logback.composite.AbstractJsonProvider;

/**
 * Writes {@code event}, the name with which a message begins, and {@code fields}, the values of its {@code key={}}, as
 * numbers and booleans if they are. Keys are taken from the format, never from a value, so that text from outside does
 * not become a field. A message without a name, such as that of a library, has neither.
 */
final class EventFields extends AbstractJsonProvider<ILoggingEvent> {

    private static final String OWN_LOGGERS = "dev.livefeed.";
    private static final Pattern NAME = Pattern.compile("([a-z]+(?:_[a-z0-9]+)*)(?=[ :;]|$)");
    private static final Pattern FIELD = Pattern.compile("\\b([a-z_]+)=(?:\"([^\"]*)\"|((?:[^\\s,;:\"]|:(?=\\S))+))");
    private static final String PLACE = "{}";

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) throws IOException {
        String name = name(event);
        if (name == null) {
            return;
        }
        generator.writeStringField("event", name);
        Map<String, Object> fields = fields(event.getMessage(), event.getArgumentArray());
        if (!fields.isEmpty()) {
            generator.writeObjectFieldStart("fields");
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                generator.writeFieldName(field.getKey());
                write(generator, field.getValue());
            }
            generator.writeEndObject();
        }
    }

    /** The name of the event, or null. A word without a _ is one only in the program's own lines from INFO on. */
    private static String name(ILoggingEvent event) {
        Matcher name = NAME.matcher(event.getFormattedMessage());
        return name.lookingAt()
                        && (name.group().indexOf('_') > 0
                                || event.getLoggerName().startsWith(OWN_LOGGERS)
                                        && event.getLevel().isGreaterOrEqual(Level.INFO))
                ? name.group()
                : null;
    }

    /** The fields of a message in their order; a key that occurs twice has its last value. */
    static Map<String, Object> fields(String format, Object[] arguments) {
        if (arguments == null) {
            return Map.of();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        Iterator<Object> values = Arrays.asList(arguments).iterator();
        Matcher field = FIELD.matcher(format);
        int end = 0;
        while (field.find()) {
            filled(format.substring(end, field.start()), values);
            String value = field.group(2) != null ? field.group(2) : field.group(3);
            fields.put(field.group(1), value.equals(PLACE) && values.hasNext() ? values.next() : filled(value, values));
            end = field.end();
        }
        return fields;
    }

    /** The text with the next values in its places. */
    private static String filled(String text, Iterator<Object> values) {
        List<String> parts = List.of(text.split(Pattern.quote(PLACE), -1));
        StringBuilder filled = new StringBuilder(parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            filled.append(values.hasNext() ? values.next() : PLACE).append(part);
        }
        return filled.toString();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Integer || value instanceof Long) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(String.valueOf(value));
        }
    }
}
