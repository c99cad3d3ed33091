package dev.livefeed.app.route;

import java.math.BigDecimal;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;

/**
 * Converters that make the Simple language exact for decimals: for {@code <} and {@code >}, and for numbers passed to
 * methods with decimal parameters. Camel first converts both sides to integers and truncates them, so that
 * {@code ${body.price} > 50000} is false at 50000.5 and {@code ${body.confidence} > 0.6} is false at 0.7. With these
 * converters a number with decimal places is not an integer, and all digits are compared.
 */
public final class DecimalConverters extends TypeConverterSupport {

    private static final List<Class<?>> NUMBERS = List.of(String.class, Integer.class, Long.class, Double.class);
    private static final List<Class<?>> DECIMALS = List.of(BigDecimal.class, Double.class, Float.class);

    private DecimalConverters() {}

    /** Replaces Camel's converters; must be called before routes run. */
    public static void in(CamelContext context) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        TypeConverterExists before = registry.getTypeConverterExists();
        registry.setTypeConverterExists(TypeConverterExists.Override);
        DecimalConverters converter = new DecimalConverters();
        for (Class<?> decimal : DECIMALS) {
            registry.addTypeConverter(Long.class, decimal, converter);
            registry.addTypeConverter(Integer.class, decimal, converter);
        }
        for (Class<?> number : NUMBERS) {
            registry.addTypeConverter(BigDecimal.class, number, converter);
        }
        registry.setTypeConverterExists(before);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
        try {
            BigDecimal number = value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
            if (type == BigDecimal.class) {
                return (T) number;
            }
            long whole = number.longValueExact();
            return (T) (type == Integer.class ? (Object) Math.toIntExact(whole) : (Object) whole);
        } catch (ArithmeticException | NumberFormatException e) {
            // Void.class tells Camel that there is no such form; null would make it try the next converter.
            return (T) (Object) Void.class;
        }
    }
}
