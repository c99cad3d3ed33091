package dev.livefeed.app.route;

import dev.livefeed.app.route.reload.RecordsEvents;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** Whether there are several sources; then the exchange of a line says which one it is from. */
    private boolean several;

    private BySource<EventReader> readerBySource;
    private BySource<UnaryOperator<Event>> recorderBySource;
    private final ThreadLocal<Map<String, EventReader>> readersByVenue = ThreadLocal.withInitial(HashMap::new);
    private UnaryOperator<Event> redaction;
    private Check timeCheck = event -> {};
    private UnaryOperator<Event> recorder;

    /** A property that differs between the sources that run side by side. */
    public interface BySource<T> {

        /** That of the source with this venue. */
        T of(String venue);
    }

    /** Rejects events that are well-formed but implausible. */
    public interface Check {

        void check(Event event) throws InvalidEventException;
    }

    /** Creates a reader for each thread. */
    @SuppressWarnings("unchecked")
    public void setReader(Supplier<EventReader> reader) {
        readers = ThreadLocal.withInitial(reader);
        readerBySource = reader instanceof BySource<?> found ? (BySource<EventReader>) found : null;
        several = readerBySource != null;
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
    @SuppressWarnings("unchecked")
    public void setRecorder(UnaryOperator<Event> recorder) {
        this.recorder = recorder;
        recorderBySource = recorder instanceof BySource<?> found ? (BySource<UnaryOperator<Event>>) found : null;
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
        Event read = redaction.apply(reader(exchange).read(line));
        timeCheck.check(read);
        Event event = recorder(exchange).apply(read);
        Message message = exchange.getMessage();
        message.setHeader(TYPE, event.type());
        if (event.symbol() != null) {
            message.setHeader(SYMBOL, event.symbol());
        }
        return event;
    }

    private EventReader reader(Exchange exchange) {
        String venue = several ? exchange.getProperty(FeedRoutes.VENUE, String.class) : null;
        return venue == null ? readers.get() : readersByVenue.get().computeIfAbsent(venue, readerBySource::of);
    }

    private UnaryOperator<Event> recorder(Exchange exchange) {
        String venue = several ? exchange.getProperty(FeedRoutes.VENUE, String.class) : null;
        return venue == null || recorderBySource == null ? recorder : recorderBySource.of(venue);
    }

    @Override
    public String getDataFormatName() {
        return "connectorJson";
    }
}
