package dev.livefeed.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines. A line above the limit is skipped without being held; blank lines and a carriage
 * return before the line end are ignored; what stands behind the last line end is a line too.
 */
final class LineReader {

    /** Takes the lines. */
    interface Sink {

        /** A line without its line end; the array is the receiver's own. */
        void line(byte[] line);

        /** A line above the limit, gone by. */
        void tooLong(long length, byte[] head);
    }

    private static final int CHUNK = 128 * 1024;
    private static final int HEAD = 256;

    private final InputStream in;
    private final int limit;
    private final Sink sink;

    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int end;
    private long skipped;
    private byte[] skippedHead;
    private volatile int pending;

    LineReader(InputStream in, int limit, Sink sink) {
        this.in = in;
        this.limit = limit;
        this.sink = sink;
    }

    /** Lines read from the stream and not yet handed over; any thread may ask. */
    int pending() {
        return pending;
    }

    /** Reads to the end of the stream. */
    void readAll() throws IOException {
        while (true) {
            if (end == buffer.length) {
                makeRoom();
            }
            int n = in.read(buffer, end, buffer.length - end);
            if (n < 0) {
                finish();
                return;
            }
            int scanFrom = end;
            end += n;
            lines(scanFrom);
        }
    }

    private void lines(int scanFrom) {
        int count = LineEnds.count(buffer, scanFrom, end);
        int scan = scanFrom;
        while (count > 0) {
            scan = LineEnds.next(buffer, scan, end);
            pending = count--;
            hand(start, scan);
            scan++;
            start = scan;
        }
        pending = 0;
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (end - start > limit || skipped > 0) {
            skip(start, end);
            start = 0;
            end = 0;
        }
    }

    /** Hands over the line in [from, to), or ends a skipped one. */
    private void hand(int from, int to) {
        if (skipped > 0 || to - from > limit) {
            skip(from, to);
            long length = skipped;
            byte[] head = skippedHead;
            skipped = 0;
            skippedHead = null;
            sink.tooLong(length, head);
            return;
        }
        int last = to;
        while (last > from && buffer[last - 1] == '\r') {
            last--;
        }
        for (int i = from; i < last; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                sink.line(Arrays.copyOfRange(buffer, from, last));
                return;
            }
        }
    }

    private void skip(int from, int to) {
        if (skippedHead == null) {
            skippedHead = Arrays.copyOfRange(buffer, from, Math.min(to, from + HEAD));
        }
        skipped += to - from;
    }

    /** Moves an unfinished line to the front; only where it fills the buffer is a larger one taken. */
    private void makeRoom() {
        int length = end - start;
        if (start > 0) {
            byte[] target = buffer.length > CHUNK && length < CHUNK / 2 ? new byte[CHUNK] : buffer;
            System.arraycopy(buffer, start, target, 0, length);
            buffer = target;
        } else {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, limit + CHUNK));
        }
        start = 0;
        end = length;
    }

    private void finish() {
        if (end > start || skipped > 0) {
            hand(start, end);
        }
        start = 0;
        end = 0;
    }
}
