package dev.livefeed.soak;

import dev.livefeed.connector.sdk.output.LineSink;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The connector's standard output, read line by line as the application does; reading can be blocked. */
final class OutputPipe implements LineSink {

    private final int fullAt;
    private final EventReader reader;
    private final Function<Event, WrittenEvent> stamp;
    private final Consumer<WrittenEvent> taken;
    private final EventWriter front = new EventWriter();
    private List<WrittenEvent> waiting = new ArrayList<>();
    private int waitingBytes;
    private boolean blocked;
    private boolean full;
    private Outbox outbox;

    /**
     * @param stamp called for each event when the connector writes it
     * @param taken called for each event when it is read
     */
    OutputPipe(int fullAt, SimulatedTime time, Function<Event, WrittenEvent> stamp, Consumer<WrittenEvent> taken) {
        this.fullAt = fullAt;
        this.reader = new EventReader(List.of(), false, time::micros);
        this.stamp = stamp;
        this.taken = taken;
    }

    void outbox(Outbox itsOutbox) {
        outbox = itsOutbox;
    }

    @Override
    public EventWriter lines() {
        return front;
    }

    @Override
    public int handOver() {
        waitingBytes += front.length();
        read();
        front.clear();
        if (!blocked) {
            take();
        }
        full = waitingBytes >= fullAt;
        return waitingBytes;
    }

    /** The process has ended: what it had written is read. */
    void ended() {
        blocked = false;
        full = false;
        take();
    }

    int waitingBytes() {
        return waitingBytes;
    }

    boolean blocked() {
        return blocked;
    }

    /** Stops reading. */
    void block() {
        blocked = true;
    }

    /** Reads what is waiting, and from now on everything immediately. */
    void unblock() {
        blocked = false;
        take();
        if (full) {
            full = false;
            outbox.drained();
        }
    }

    private void take() {
        List<WrittenEvent> all = waiting;
        waiting = new ArrayList<>();
        waitingBytes = 0;
        all.forEach(taken);
    }

    private void read() {
        byte[] bytes = front.buffer();
        int from = 0;
        for (int i = 0; i < front.length(); i++) {
            if (bytes[i] == '\n') {
                byte[] line = Arrays.copyOfRange(bytes, from, i);
                from = i + 1;
                try {
                    waiting.add(stamp.apply(reader.read(line)));
                } catch (InvalidEventException e) {
                    throw new Violation("a line violates the protocol: " + e.getMessage() + ": " + new String(line));
                }
            }
        }
    }
}
