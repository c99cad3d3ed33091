package dev.livefeed.app.sink;

import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.model.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The buffers of all sinks. A buffer outlives the routes that use it, so that editing a route loses nothing; after the
 * end of the application its files hold what was not delivered.
 */
public final class SinkBuffers {

    /** Most buffers at a time. */
    public static final int MAX_BUFFERS = 32;

    /** Where {@link #setAside} keeps lines. */
    public static final String REFUSED = RefusedFile.NAME + " in the folder of the buffer";

    /** What a name must be, as it names a folder. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private final Path folder;
    private final DiskLimits limits;
    private final AtomicInteger senders = new AtomicInteger();
    private final ThreadLocal<EventWriter> writers = ThreadLocal.withInitial(this::writer);
    private volatile boolean venues;
    private volatile SinkBuffer[] buffers = {};
    private Consumer<SinkBuffer> onOpened = buffer -> {};

    /** @param folder contains a folder for each buffer */
    public SinkBuffers(Path folder, DiskLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Lets lines have the field {@code venue}, for the events of several venues; must be called before the first. */
    public void writeVenues() {
        venues = true;
    }

    private EventWriter writer() {
        return venues ? new EventWriter().withVenues() : new EventWriter();
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
        SinkBuffer opened = new SinkBuffer(name, folder.resolve(name), limits, this::line);
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

    /**
     * Gives a line that did not come from the feed to each buffer that takes its type.
     *
     * @throws IllegalArgumentException if it is not a line of the protocol and of this type
     */
    public void accept(String type, String symbol, byte[] line) {
        SinkEvent given = new SinkEvent(null, type, null, symbol, -1, GivenLine.of(type, line));
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

    /**
     * Keeps a line that its sink has refused for good beside its buffer; false if it came again.
     *
     * @param line a batch of one line
     * @throws IOException if it could not be kept
     */
    public boolean setAside(LineBatch line, String reason) throws IOException {
        for (SinkBuffer buffer : buffers) {
            if (buffer.name().equals(line.name())) {
                return buffer.setAside(line, reason);
            }
        }
        throw new IOException("there is no buffer " + line.name());
    }

    /** Numbers of undelivered events in folders that no buffer uses, by name. */
    public Map<String, Long> unused() {
        Map<String, Long> waiting = new TreeMap<>();
        try (Stream<Path> folders = Files.exists(folder) ? Files.list(folder) : Stream.of()) {
            for (Path other : folders.filter(Files::isDirectory).toList()) {
                String name = other.getFileName().toString();
                if (Arrays.stream(buffers).noneMatch(buffer -> buffer.name().equals(name))) {
                    waiting.put(name, waiting(other));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The buffers of this folder report it.
        }
        waiting.values().removeIf(events -> events == 0);
        return waiting;
    }

    /** Nothing if the folder cannot be read, such as the {@code lost+found} of a disk. */
    private static long waiting(Path folder) {
        try {
            return DiskQueue.waiting(folder);
        } catch (IOException | UncheckedIOException e) {
            return 0;
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
