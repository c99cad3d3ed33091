package dev.livefeed.app.route.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.LifecycleStrategySupport;

/** Gives events the same form in each step of a route that wants text, bytes, JSON or the parameters of a statement. */
public final class EventValues {

    private EventValues() {}

    /** Must be called before routes are created. */
    public static void in(CamelContext context) {
        DecimalConverters.in(context);
        EventConverters.in(context);
        LineConverters.in(context);
        context.addLifecycleStrategy(new JsonMappers());
        context.getCamelContextExtension().registerEndpointCallback(new SqlParameters());
    }

    /** A data format with an {@code objectMapper} of its own keeps it: its options are set later. */
    private static final class JsonMappers extends LifecycleStrategySupport {

        @Override
        public void onDataFormatCreated(String name, DataFormat format) {
            if (format instanceof JacksonDataFormat json) {
                ObjectMapper mapper = EventJson.MAPPER.copy(); // options such as prettyPrint change it
                json.setObjectMapper(mapper);
            }
        }
    }
}
