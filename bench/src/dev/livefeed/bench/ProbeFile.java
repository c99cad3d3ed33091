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
 * What a measured process shows of itself, as a file that both processes map: counters, and the arrival of each event
 * where latency is measured. One writer, one reader.
 */
final class ProbeFile {

    /** Set in the measured process: the file. */
    static final String PATH = "bench.probe";
    /** Set in the measured process: how many arrivals it may note, 0 for none. */
    static final String ARRIVALS = "bench.arrivals";

    /** Places of the counters. */
    enum Counter {
        /** Nanoseconds of the machine's monotonic clock. */
        FIRST_EVENT,
        EVENTS,
        TRADES,
        /** Book updates that the depth events stand for: more than those where a connector has merged some. */
        UPDATES,
        SNAPSHOTS,
        /** Places where a depth event did not continue the one before, or trades were missing or came twice. */
        FAULTS,
        ARRIVALS
    }

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int HEAD = 128;
    private static final int ARRIVAL = 16;

    private final ByteBuffer buffer;
    private final int room;

    private ProbeFile(ByteBuffer buffer, int room) {
        this.buffer = buffer;
        this.room = room;
    }

    /** @param arrivals how many arrivals there is room for */
    static ProbeFile map(Path path, int arrivals) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped =
                    file.map(FileChannel.MapMode.READ_WRITE, 0, HEAD + (long) ARRIVAL * Math.max(arrivals, 1));
            return new ProbeFile(mapped.order(ByteOrder.nativeOrder()), arrivals);
        }
    }

    /** The file that the measuring process has set for this one. */
    static ProbeFile ofThisProcess() {
        try {
            return map(Path.of(System.getProperty(PATH)), Integer.getInteger(ARRIVALS, 0));
        } catch (IOException e) {
            throw new IllegalStateException("the probe's file cannot be mapped", e);
        }
    }

    long get(Counter counter) {
        return (long) LONGS.getAcquire(buffer, counter.ordinal() * Long.BYTES);
    }

    void set(Counter counter, long value) {
        LONGS.setRelease(buffer, counter.ordinal() * Long.BYTES, value);
    }

    boolean takesArrivals() {
        return room > 0;
    }

    /** Notes an arrival: the trade's sequence, or the update id below 0. */
    void arrival(long key, long nanos) {
        long count = get(Counter.ARRIVALS);
        if (count < room) {
            int at = HEAD + (int) count * ARRIVAL;
            buffer.putLong(at, key);
            buffer.putLong(at + Long.BYTES, nanos);
            set(Counter.ARRIVALS, count + 1);
        }
    }

    long arrivalKey(int index) {
        return buffer.getLong(HEAD + index * ARRIVAL);
    }

    long arrivalNanos(int index) {
        return buffer.getLong(HEAD + index * ARRIVAL + Long.BYTES);
    }
}
