package dev.livefeed.app.route;

import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jackson.JacksonDataFormat;

/** JSON of the connector protocol to events. Sets the headers {@code type} and {@code symbol} for the routes to choose by. */
public final class EventDataFormat extends JacksonDataFormat {

    /** The type of the event: trade, depth, status, error or another. */
    public static final String TYPE = "type";
    /** The instrument; missing where the event is about none. */
    public static final String SYMBOL = "symbol";

    private final ThreadLocal<EventReader> readers;
    private final UnaryOperator<Event> clean;
    private final Check check;
    private final UnaryOperator<Event> seen;

    /** Says no to events that were read well and yet cannot be right. */
    public interface Check {

        void check(Event event) throws InvalidEventException;
    }

    /**
     * @param reader makes a reader for each thread
     * @param clean takes secrets out of what was read, before anything sees it
     * @param check asked about each event
     * @param seen takes note of each event that was read, before any step of a route, and may mark it
     */
    public EventDataFormat(
            Supplier<EventReader> reader, UnaryOperator<Event> clean, Check check, UnaryOperator<Event> seen) {
        this.readers = ThreadLocal.withInitial(reader);
        this.clean = clean;
        this.check = check;
        this.seen = seen;
    }

    @Override
    public Object unmarshal(Exchange exchange, Object body) throws Exception {
        byte[] line = body instanceof byte[] bytes
                ? bytes
                : exchange.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, exchange, body);
        Event read = clean.apply(readers.get().read(line));
        check.check(read);
        Event event = seen.apply(read);
        Message message = exchange.getMessage();
        message.setHeader(TYPE, event.type());
        if (event.symbol() != null) {
            message.setHeader(SYMBOL, event.symbol());
        }
        return event;
    }

    @Override
    public String getDataFormatName() {
        return "connectorJson";
    }
}
