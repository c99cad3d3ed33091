package dev.livefeed.app.sink;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The last delivered sequence number, in two places that are written in turn, so that a write that is cut off leaves
 * the number before it.
 */
final class PositionFile implements Closeable {

    static final String NAME = "position";

    private static final int SLOT = 20;

    private final RandomAccessFile file;
    private long delivered;
    private long run;
    private int slot;

    /** Opens or creates the file. */
    PositionFile(Path folder) throws IOException {
        file = new RandomAccessFile(folder.resolve(NAME).toFile(), "rw");
        byte[] bytes = new byte[2 * SLOT];
        int read = 0;
        for (int n = 0; n >= 0 && read < bytes.length; n = file.read(bytes, read, bytes.length - read)) {
            read += n;
        }
        for (int at = 0; at < 2; at++) {
            ByteBuffer content = ByteBuffer.wrap(bytes, at * SLOT, SLOT);
            long number = content.getLong();
            long of = content.getLong();
            if (content.getInt() == SegmentFile.checksum(bytes, at * SLOT, SLOT - 4) && number >= delivered) {
                delivered = number;
                run = of;
                slot = 1 - at;
            }
        }
    }

    /** Takes the room that writing needs, so that what is delivered is known even if the disk has become full. */
    void reserve() {
        try {
            if (file.length() < 2 * SLOT) {
                file.seek(file.length());
                file.write(new byte[(int) (2 * SLOT - file.length())]);
            }
        } catch (IOException e) {
            // A full disk has the room when files were delivered.
        }
    }

    /** The last delivered sequence number; 0 if nothing was delivered yet. */
    long delivered() {
        return delivered;
    }

    /** The latest run that has written the file, or 0. */
    long run() {
        return run;
    }

    void write(long newDelivered, long newRun) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(SLOT).putLong(newDelivered).putLong(newRun);
        content.putInt(SegmentFile.checksum(content.array(), 0, SLOT - 4));
        delivered = newDelivered;
        run = newRun;
        file.seek((long) slot * SLOT);
        file.write(content.array());
        slot = 1 - slot;
    }

    void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
