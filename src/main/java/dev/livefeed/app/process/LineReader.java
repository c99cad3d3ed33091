package dev.livefeed.app.process;

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
    private int scan;
    private int end;
    private int lines;
    private boolean ended;
    private long skipped;
    private byte[] skippedHead;
    private volatile int pending;

    /** @param sink takes the lines of {@link #readAll} */
    LineReader(InputStream in, int limit, Sink sink) {
        this.in = in;
        this.limit = limit;
        this.sink = sink;
    }

    /** For lines that are taken one by one. */
    LineReader(InputStream in, int limit) {
        this(in, limit, null);
    }

    /**
     * Lines read from the stream and not yet handed over, the one that is being handed over included; any thread may
     * ask.
     */
    int pending() {
        return pending;
    }

    /** Reads to the end of the stream. */
    void readAll() throws IOException {
        while (next(sink)) {
            // The sink has it.
        }
    }

    /**
     * Hands over the next line; false at the end of the stream. What a call changes is changed before the line is
     * handed over, so that another thread can go on where the sink does not return.
     */
    boolean next(Sink to) throws IOException {
        while (lines == 0) {
            if (ended) {
                pending = 0;
                return false;
            }
            fill();
        }
        hand(to);
        return true;
    }

    /**
     * Hands over what has been read and what can be read without waiting for it.
     *
     * @param most bytes, since somebody may go on writing
     */
    void rest(Sink to, long most) throws IOException {
        long read = 0;
        while (lines > 0 || (!ended && read < most && in.available() > 0)) {
            if (lines > 0) {
                hand(to);
            } else {
                read += fill();
            }
        }
        finish();
        if (lines > 0) {
            hand(to);
        }
    }

    /** Reads once, and counts the lines that have become whole. */
    private int fill() throws IOException {
        pending = 0;
        if (start == end) {
            start = 0;
            scan = 0;
            end = 0;
        }
        if (end - start > limit || skipped > 0) {
            skip(start, end);
            start = 0;
            scan = 0;
            end = 0;
        }
        if (end == buffer.length) {
            makeRoom();
        }
        int n = in.read(buffer, end, buffer.length - end);
        if (n < 0) {
            finish();
            return 0;
        }
        lines = LineEnds.count(buffer, end, end + n);
        scan = end;
        end += n;
        return n;
    }

    /** What stands behind the last line end is a line too. */
    private void finish() {
        ended = true;
        if (lines == 0 && (end > start || skipped > 0)) {
            lines = 1;
        }
    }

    private void hand(Sink to) {
        pending = lines--;
        int from = start;
        int last = ended && lines == 0 ? end : LineEnds.next(buffer, scan, end);
        start = Math.min(last + 1, end);
        scan = start;
        give(from, last, to);
    }

    /** Hands over the line in [from, until), or ends a skipped one. */
    private void give(int from, int until, Sink to) {
        if (skipped > 0 || until - from > limit) {
            skip(from, until);
            long length = skipped;
            byte[] head = skippedHead;
            skipped = 0;
            skippedHead = null;
            to.tooLong(length, head);
            return;
        }
        int last = until;
        while (last > from && buffer[last - 1] == '\r') {
            last--;
        }
        for (int i = from; i < last; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                to.line(Arrays.copyOfRange(buffer, from, last));
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
        scan = length;
        end = length;
    }
}
