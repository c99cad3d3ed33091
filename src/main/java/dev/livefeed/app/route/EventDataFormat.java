package dev.livefeed.app.route;

import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jackson.JacksonDataFormat;

/**
 * The data format of the connector protocol: unmarshals lines to events and sets the headers {@code type} and
 * {@code symbol}.
 */
public final class EventDataFormat extends JacksonDataFormat {

    /** The type of the event: trade, depth, status, error or another. */
    public static final String TYPE = "type";
    /** The instrument; absent if the event is not about one. */
    public static final String SYMBOL = "symbol";

    private final ThreadLocal<EventReader> readers;
    private final UnaryOperator<Event> clean;
    private final Check check;
    private final UnaryOperator<Event> seen;

    /** Rejects events that are well-formed but implausible. */
    public interface Check {

        void check(Event event) throws InvalidEventException;
    }

    /**
     * @param reader creates a reader for each thread
     * @param clean redacts secrets before any other code sees the event
     * @param check called for each event
     * @param seen called for each event before any route step; it may return a marked event
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
