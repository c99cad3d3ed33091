package dev.livefeed.app.sink;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the records of a segment, also while it is written. A file channel would be closed by an interrupt of the
 * reading thread.
 */
final class SegmentReader implements Closeable {

    private static final int CHUNK = 64 * 1024;

    private final RandomAccessFile file;
    private byte[] buffer = new byte[CHUNK];
    /** Position in the file of the buffer's first byte. */
    private long bufferAt;

    private int buffered;
    private long offset;

    SegmentReader(Path path, long offset) throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
        this.offset = offset;
        bufferAt = offset;
    }

    /** Position behind the last record returned. */
    long offset() {
        return offset;
    }

    /** Continues at a position where a record begins. */
    void seek(long position) {
        if (position < bufferAt || position > bufferAt + buffered) {
            bufferAt = position;
            buffered = 0;
        }
        offset = position;
    }

    /** Returns the next record, or null if there is no valid record with this number before {@code end}. */
    StoredLine next(long end, long sequence) throws IOException {
        if (end - offset < StoredLine.HEAD) {
            return null;
        }
        if (!buffer(StoredLine.HEAD, end)) {
            return null;
        }
        int start = (int) (offset - bufferAt);
        int length = (int) number(start, 4);
        if (length < 0
                || length > StoredLine.MAX_BYTES
                || length > end - offset - StoredLine.HEAD
                || number(start + 8, 8) != sequence
                || !buffer(StoredLine.HEAD + length, end)) {
            return null;
        }
        start = (int) (offset - bufferAt);
        if (SegmentFile.checksum(buffer, start + 8, StoredLine.HEAD - 8 + length) != (int) number(start + 4, 4)) {
            return null;
        }
        int line = start + StoredLine.HEAD;
        offset += StoredLine.HEAD + length;
        return new StoredLine(sequence, number(start + 16, 8), Arrays.copyOfRange(buffer, line, line + length));
    }

    /**
     * Returns the first valid record behind the position whose number is within a range, and continues behind it; null,
     * and the position stays, if there is none before {@code end}. To be used where {@link #next} has found none.
     */
    StoredLine resume(long end, long least, long most) throws IOException {
        long damagedAt = offset;
        for (offset++; end - offset >= StoredLine.HEAD && buffer(StoredLine.HEAD, end); offset++) {
            long sequence = number((int) (offset - bufferAt) + 8, 8);
            StoredLine line = sequence < least || sequence > most ? null : next(end, sequence);
            if (line != null) {
                return line;
            }
        }
        bufferAt = damagedAt;
        buffered = 0;
        offset = damagedAt;
        return null;
    }

    /** The next record with at least this number, whatever damaged ones are before it; null if there is none. */
    StoredLine nextFrom(long end, long least, long most) throws IOException {
        StoredLine line = next(end, least);
        return line != null ? line : resume(end, least, most);
    }

    private long number(int at, int bytes) {
        long value = 0;
        for (int i = at; i < at + bytes; i++) {
            value = value << 8 | buffer[i] & 0xFF;
        }
        return value;
    }

    /** Makes bytes from {@code offset} available; false if the file ends before. */
    private boolean buffer(int bytes, long end) throws IOException {
        int from = (int) (offset - bufferAt);
        if (buffered - from >= bytes) {
            return true;
        }
        byte[] target = bytes > buffer.length
                ? new byte[bytes]
                : bytes <= CHUNK && buffer.length > 1 << 20 ? new byte[CHUNK] : buffer;
        int kept = Math.max(0, buffered - from);
        System.arraycopy(buffer, Math.min(from, buffered), target, 0, kept);
        buffer = target;
        buffered = kept;
        bufferAt = offset;
        file.seek(bufferAt + buffered);
        while (buffered < bytes) {
            int wanted = (int) Math.min(buffer.length - buffered, end - bufferAt - buffered);
            int read = wanted <= 0 ? -1 : file.read(buffer, buffered, wanted);
            if (read < 0) {
                return false;
            }
            buffered += read;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
