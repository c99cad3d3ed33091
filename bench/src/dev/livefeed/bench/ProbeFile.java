package dev.livefeed.bench;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A memory-mapped file shared with the measured process: counters, and the arrival of each event if latency is
 * measured. One writer, one reader.
 */
public final class ProbeFile {

    /** System property of the measured process: path of the file. */
    public static final String PATH = "bench.probe";
    /** System property of the measured process: maximum number of recorded arrivals, 0 for none. */
    public static final String ARRIVALS = "bench.arrivals";

    /** The counters, in file order. */
    public enum Counter {
        /** Nanoseconds of the monotonic clock. */
        FIRST_EVENT,
        EVENTS,
        TRADES,
        /** Book updates that the depth events represent: more than events if the connector has merged some. */
        UPDATES,
        SNAPSHOTS,
        /** Trades that the connector reported as lost. */
        REPORTED,
        /** Depth events that do not continue the previous one; trades repeated, or missing without a report. */
        FAULTS,
        ARRIVALS
    }

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int HEADER_BYTES = 128;
    private static final int ARRIVAL_BYTES = 16;

    private final ByteBuffer buffer;
    private final int capacity;

    private ProbeFile(ByteBuffer buffer, int capacity) {
        this.buffer = buffer;
        this.capacity = capacity;
    }

    /** @param arrivals maximum number of recorded arrivals */
    public static ProbeFile map(Path path, int arrivals) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = file.map(
                    FileChannel.MapMode.READ_WRITE, 0, HEADER_BYTES + (long) ARRIVAL_BYTES * Math.max(arrivals, 1));
            return new ProbeFile(mapped.order(ByteOrder.nativeOrder()), arrivals);
        }
    }

    /** The file that the benchmark has set for this process. */
    static ProbeFile ofThisProcess() {
        try {
            return map(Path.of(System.getProperty(PATH)), Integer.getInteger(ARRIVALS, 0));
        } catch (IOException e) {
            throw new IllegalStateException("cannot map the probe file", e);
        }
    }

    public long get(Counter counter) {
        return (long) LONGS.getAcquire(buffer, counter.ordinal() * Long.BYTES);
    }

    void set(Counter counter, long value) {
        LONGS.setRelease(buffer, counter.ordinal() * Long.BYTES, value);
    }

    boolean recordsArrivals() {
        return capacity > 0;
    }

    /** Records an arrival; the key is the sequence of a trade or the negated update id of a book. */
    void arrival(long key, long nanos) {
        long count = get(Counter.ARRIVALS);
        if (count < capacity) {
            int at = HEADER_BYTES + (int) count * ARRIVAL_BYTES;
            buffer.putLong(at, key);
            buffer.putLong(at + Long.BYTES, nanos);
            set(Counter.ARRIVALS, count + 1);
        }
    }

    long arrivalKey(int index) {
        return buffer.getLong(HEADER_BYTES + index * ARRIVAL_BYTES);
    }

    long arrivalNanos(int index) {
        return buffer.getLong(HEADER_BYTES + index * ARRIVAL_BYTES + Long.BYTES);
    }
}
