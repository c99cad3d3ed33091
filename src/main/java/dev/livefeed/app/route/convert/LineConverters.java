package dev.livefeed.app.route.convert;

import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.LineFields;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;

/**
 * Converts the batch of a sink to text, bytes or a stream: its lines, each with a line end; and the fields of one line:
 * JSON, without a line end.
 */
public final class LineConverters extends TypeConverterSupport {

    private LineConverters() {}

    /** Adds the converters; must be called before routes run. */
    public static void in(CamelContext context) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        TypeConverterExists before = registry.getTypeConverterExists();
        registry.setTypeConverterExists(TypeConverterExists.Override);
        LineConverters converter = new LineConverters();
        for (Class<?> lines : List.of(LineBatch.class, LineFields.class)) {
            registry.addTypeConverter(String.class, lines, converter);
            registry.addTypeConverter(byte[].class, lines, converter);
            registry.addTypeConverter(InputStream.class, lines, converter);
        }
        registry.setTypeConverterExists(before);
    }

    @Override
    public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
        byte[] lines = value instanceof LineBatch batch
                ? batch.ndjson()
                : ((LineFields) value).json().getBytes(StandardCharsets.UTF_8);
        if (type == String.class) {
            return type.cast(new String(lines, StandardCharsets.UTF_8));
        }
        return type.cast(type == byte[].class ? lines : new ByteArrayInputStream(lines));
    }
}
