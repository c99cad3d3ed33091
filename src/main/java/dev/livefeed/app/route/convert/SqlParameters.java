package dev.livefeed.app.route.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.livefeed.app.sink.LineFields;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.LevelList;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Lets SQL statements take the values of events as they are: a JDBC driver accepts no Instant, enum or list of levels.
 *
 * <p>The endpoints {@code sql} and {@code jdbc} have an option for the object that sets the parameters of a statement.
 * It is wrapped. The components come from {@code lib/}, whose classes this jar does not see, hence the proxy.
 */
final class SqlParameters implements EndpointStrategy {

    private static final String OPTION = "prepareStatementStrategy";
    private static final String PARAMETERS = "populateStatement";

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (uri.startsWith("sql:") || uri.startsWith("jdbc:")) {
            PropertyConfigurer options =
                    ((DefaultEndpoint) endpoint).getComponent().getEndpointPropertyConfigurer();
            if (options instanceof PropertyConfigurerGetter getter) {
                Class<?> type = (Class<?>) getter.getOptionType(OPTION, true);
                Object own = getter.getOptionValue(endpoint, OPTION, true);
                Object strategy = own == null ? standard(type, getter, endpoint) : own;
                options.configure(endpoint.getCamelContext(), endpoint, OPTION, wrapped(type, strategy), true);
            }
        }
        return endpoint;
    }

    /** What the component would use: of {@code sql} it takes the separator of parameters, of {@code jdbc} nothing. */
    private static Object standard(Class<?> type, PropertyConfigurerGetter options, Endpoint endpoint) {
        try {
            Class<?> standard = Class.forName(
                    type.getPackageName() + ".Default" + type.getSimpleName(), true, type.getClassLoader());
            return endpoint.getEndpointUri().startsWith("sql:")
                    ? standard.getConstructor(char.class)
                            .newInstance(options.getOptionValue(endpoint, "separator", true))
                    : standard.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    endpoint.getEndpointUri() + " is of another version of Camel than this jar; add it again", e);
        }
    }

    private static Object wrapped(Class<?> type, Object strategy) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals(PARAMETERS)) {
                for (int i = 0; i < arguments.length; i++) {
                    if (arguments[i] instanceof Iterator<?> values) {
                        arguments[i] = new Values(values);
                    }
                }
            }
            try {
                return method.invoke(strategy, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** What a driver accepts in place of a value: a time with its zone, or text. Others are returned as they are. */
    static Object value(Object value) throws JsonProcessingException {
        if (value instanceof Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Enum<?> || value instanceof InstrumentId) {
            return value.toString();
        }
        return value instanceof Event || value instanceof LevelList || value instanceof LineFields
                ? EventJson.MAPPER.writeValueAsString(value)
                : value;
    }

    private record Values(Iterator<?> values) implements Iterator<Object> {

        @Override
        public boolean hasNext() {
            return values.hasNext();
        }

        @Override
        public Object next() {
            try {
                return value(values.next());
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("a parameter of the statement has no JSON form", e);
            }
        }
    }
}
