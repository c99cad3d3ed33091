package dev.livefeed.app.route.convert;

import dev.livefeed.app.sink.LineBatch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;

/** Converts the batch of a sink to text, bytes or a stream: its lines, each with a line end. */
public final class BatchConverters extends TypeConverterSupport {

    private BatchConverters() {}

    /** Adds the converters; must be called before routes run. */
    public static void in(CamelContext context) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        TypeConverterExists before = registry.getTypeConverterExists();
        registry.setTypeConverterExists(TypeConverterExists.Override);
        BatchConverters converter = new BatchConverters();
        registry.addTypeConverter(String.class, LineBatch.class, converter);
        registry.addTypeConverter(byte[].class, LineBatch.class, converter);
        registry.addTypeConverter(InputStream.class, LineBatch.class, converter);
        registry.setTypeConverterExists(before);
    }

    @Override
    public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
        byte[] lines = ((LineBatch) value).ndjson();
        if (type == String.class) {
            return type.cast(new String(lines, StandardCharsets.UTF_8));
        }
        return type.cast(type == byte[].class ? lines : new ByteArrayInputStream(lines));
    }
}
