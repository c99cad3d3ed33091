package dev.livefeed.connector.sdk;

import static org.assertj.core.api.Assertions.fail;

import dev.livefeed.connector.sdk.output.LineSink;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Records the lines of an outbox as events; can simulate a reader that does not read. */
public final class RecordedLines implements LineSink {

    private final EventReader reader;
    private final List<Event> events = new ArrayList<>();
    private EventWriter current = new EventWriter();
    private final EventWriter waiting = new EventWriter();
    private boolean blocked;

    public RecordedLines(LongSupplier nowMicros) {
        this.reader = new EventReader(List.of(), false, nowMicros);
    }

    @Override
    public EventWriter lines() {
        return current;
    }

    @Override
    public int handOver() {
        waiting.append(current);
        current.clear();
        if (!blocked) {
            take();
        }
        return waiting.length();
    }

    /** Stops reading. */
    public void block() {
        blocked = true;
    }

    /** Reads the waiting lines and resumes reading; the caller must then drain the outbox. */
    public void unblock() {
        blocked = false;
        take();
    }

    /** All events read so far. */
    public List<Event> events() {
        return events;
    }

    /** The events read since the last call. */
    public List<Event> next() {
        List<Event> next = List.copyOf(events);
        events.clear();
        return next;
    }

    public List<Status> statuses(String status) {
        return statuses().stream().filter(s -> s.status().equals(status)).toList();
    }

    public List<Status> statuses() {
        return of(Status.class);
    }

    public List<Failure> failures() {
        return of(Failure.class);
    }

    public List<Trade> trades() {
        return of(Trade.class);
    }

    public List<Depth> depths() {
        return of(Depth.class);
    }

    /** The events of a type read so far. */
    public <T extends Event> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void take() {
        String lines = new String(waiting.toBytes(), StandardCharsets.UTF_8);
        waiting.clear();
        for (String line : lines.split("\n")) {
            if (!line.isEmpty()) {
                try {
                    events.add(reader.read(line.getBytes(StandardCharsets.UTF_8)));
                } catch (InvalidEventException e) {
                    fail("the connector wrote a line that violates the protocol: " + e.getMessage() + ": " + line);
                }
            }
        }
    }
}
