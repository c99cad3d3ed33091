package dev.livefeed.app.route.convert;

import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.model.Event;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;

/** Converts an event to text, bytes or a stream: its line of the protocol, without a line end. */
public final class EventConverters extends TypeConverterSupport {

    private EventConverters() {}

    /** Adds the converters; must be called before routes run. */
    public static void in(CamelContext context) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        TypeConverterExists before = registry.getTypeConverterExists();
        registry.setTypeConverterExists(TypeConverterExists.Override);
        EventConverters converter = new EventConverters();
        registry.addTypeConverter(String.class, Event.class, converter);
        registry.addTypeConverter(byte[].class, Event.class, converter);
        registry.addTypeConverter(InputStream.class, Event.class, converter);
        registry.setTypeConverterExists(before);
    }

    @Override
    public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
        String text = EventWriter.text((Event) value);
        if (type == String.class) {
            return type.cast(text);
        }
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        return type.cast(type == byte[].class ? line : new ByteArrayInputStream(line));
    }
}
