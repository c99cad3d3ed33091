package dev.livefeed.app.sink;

import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.model.Event;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The buffers of all sinks. A buffer outlives the routes that use it, so that editing a route loses nothing; after the
 * end of the application its files hold what was not delivered.
 */
public final class SinkBuffers {

    /** Most buffers at a time. */
    public static final int MAX_BUFFERS = 32;

    /** What a name must be, as it names a folder. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private final Path folder;
    private final DiskLimits limits;
    private final AtomicInteger senders = new AtomicInteger();
    private final ThreadLocal<EventWriter> writers = ThreadLocal.withInitial(EventWriter::new);
    private volatile SinkBuffer[] buffers = {};
    private Consumer<SinkBuffer> onOpened = buffer -> {};

    /** @param folder contains a folder for each buffer */
    public SinkBuffers(Path folder, DiskLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Sets a callback for each buffer, including existing ones. */
    public synchronized void listen(Consumer<SinkBuffer> opened) {
        onOpened = opened;
        Arrays.stream(buffers).forEach(opened);
    }

    /** Returns the buffer, opening it if necessary, and sets which types it takes from now on. */
    public synchronized SinkBuffer buffer(String name, Set<String> types) {
        for (SinkBuffer buffer : buffers) {
            if (buffer.name().equals(name)) {
                buffer.types(types);
                return buffer;
            }
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of the buffer is \"" + name + "\"; it must be " + NAME);
        }
        if (buffers.length >= MAX_BUFFERS) {
            throw new IllegalArgumentException(
                    "there are " + MAX_BUFFERS + " buffers, the most there can be; buffer " + name + " is one more");
        }
        SinkBuffer opened = new SinkBuffer(name, folder.resolve(name), limits);
        opened.types(types);
        opened.start();
        SinkBuffer[] more = Arrays.copyOf(buffers, buffers.length + 1);
        more[buffers.length] = opened;
        Arrays.sort(more, Comparator.comparing(SinkBuffer::name));
        buffers = more;
        onOpened.accept(opened);
        return opened;
    }

    /** Adds ({@code 1}) or removes ({@code -1}) a route step that sends events. */
    public void senders(int change) {
        senders.addAndGet(change);
    }

    /** Whether a route sends events. */
    public boolean fed() {
        return senders.get() > 0;
    }

    public boolean isEmpty() {
        return buffers.length == 0;
    }

    /** Whether a buffer takes events of this type. */
    public boolean wants(String type) {
        for (SinkBuffer buffer : buffers) {
            if (buffer.wants(type)) {
                return true;
            }
        }
        return false;
    }

    /** Gives the event to each buffer that takes its type. Never waits and never throws because of a buffer. */
    public void accept(Event event) {
        SinkEvent given = null;
        String type = event.type();
        for (SinkBuffer buffer : buffers) {
            if (buffer.wants(type)) {
                if (given == null) {
                    given = SinkEvent.of(event, line(event));
                }
                buffer.offer(given);
            }
        }
    }

    private byte[] line(Event event) {
        EventWriter writer = writers.get();
        try {
            writer.write(event);
            return Arrays.copyOf(writer.buffer(), writer.length() - 1);
        } finally {
            writer.clear();
        }
    }

    /** Gives a line that did not come from the feed to each buffer that takes its type. */
    public void accept(String type, String symbol, byte[] line) {
        SinkEvent given = new SinkEvent(type, null, symbol, -1, line);
        for (SinkBuffer buffer : buffers) {
            if (buffer.wants(type)) {
                buffer.offer(given);
            }
        }
    }

    /** Counts lines that the sink of this name has refused for good and that were set aside. */
    void refused(String name, long count, String reason) {
        for (SinkBuffer buffer : buffers) {
            if (buffer.name().equals(name)) {
                buffer.refused(count, reason);
            }
        }
    }

    /** Snapshots of all buffers, ordered by name. */
    public List<SinkView> views() {
        boolean fed = fed();
        return Arrays.stream(buffers).map(buffer -> buffer.view(fed)).toList();
    }

    /** Snapshot of one buffer. */
    public SinkView view(SinkBuffer buffer) {
        return buffer.view(fed());
    }

    /** Stores what was handed over and closes all files. */
    public synchronized void close() {
        for (SinkBuffer buffer : buffers) {
            buffer.close();
        }
    }
}
