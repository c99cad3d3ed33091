package dev.livefeed.app.route;

import dev.livefeed.app.route.reload.RecordsEvents;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jackson.JacksonDataFormat;

/**
 * The data format of the connector protocol: unmarshals lines to events and sets the headers {@code type} and
 * {@code symbol}. The events route declares it as a bean with the properties below.
 */
public final class EventDataFormat extends JacksonDataFormat implements RecordsEvents {

    /** The type of the event: trade, depth, status, error or another. */
    public static final String TYPE = "type";
    /** The instrument; absent if the event is not about one. */
    public static final String SYMBOL = "symbol";

    private ThreadLocal<EventReader> readers;
    private UnaryOperator<Event> redaction;
    private Check timeCheck = event -> {};
    private UnaryOperator<Event> recorder;

    /** Rejects events that are well-formed but implausible. */
    public interface Check {

        void check(Event event) throws InvalidEventException;
    }

    /** Creates a reader for each thread. */
    public void setReader(Supplier<EventReader> reader) {
        readers = ThreadLocal.withInitial(reader);
    }

    /** Redacts secrets before any other code sees the event. */
    public void setRedaction(UnaryOperator<Event> redaction) {
        this.redaction = redaction;
    }

    /** Optional; called for each event before it is recorded. */
    public void setTimeCheck(Check timeCheck) {
        this.timeCheck = timeCheck;
    }

    /** Called for each event before any route step; it may return a marked event. */
    public void setRecorder(UnaryOperator<Event> recorder) {
        this.recorder = recorder;
    }

    @Override
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (readers == null) {
            missing.add("reader: \"#eventReader\"");
        }
        if (redaction == null) {
            missing.add("redaction: \"#eventRedaction\"");
        }
        if (recorder == null) {
            missing.add("recorder: \"#" + RECORDER + "\"");
        }
        return missing;
    }

    @Override
    public Object unmarshal(Exchange exchange, Object body) throws Exception {
        byte[] line = body instanceof byte[] bytes
                ? bytes
                : exchange.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, exchange, body);
        Event read = redaction.apply(readers.get().read(line));
        timeCheck.check(read);
        Event event = recorder.apply(read);
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
