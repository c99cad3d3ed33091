package dev.livefeed.app.route.convert;

import java.math.BigDecimal;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;

/**
 * Converters for methods with decimal parameters, such as those of signals, which are called with numbers and texts.
 */
public final class DecimalConverters extends TypeConverterSupport {

    private static final List<Class<?>> NUMBERS = List.of(String.class, Integer.class, Long.class, Double.class);

    private DecimalConverters() {}

    /** Replaces Camel's converters; must be called before routes run. */
    public static void in(CamelContext context) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        TypeConverterExists before = registry.getTypeConverterExists();
        registry.setTypeConverterExists(TypeConverterExists.Override);
        DecimalConverters converter = new DecimalConverters();
        for (Class<?> number : NUMBERS) {
            registry.addTypeConverter(BigDecimal.class, number, converter);
        }
        registry.setTypeConverterExists(before);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
        try {
            return (T) new BigDecimal(value.toString());
        } catch (NumberFormatException e) {
            // Void.class tells Camel that there is no such form; null would make it try the next converter.
            return (T) (Object) Void.class;
        }
    }
}
