package dev.livefeed.app.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream of bytes into lines. A line that exceeds the limit is skipped without being buffered. Blank lines and
 * carriage returns before the line end are ignored. Bytes after the last line end are a line.
 */
final class LineReader {

    /** Receives the lines. */
    interface Sink {

        /** A line without its line end; the array is owned by the receiver. */
        void line(byte[] line);

        /** A skipped line that exceeds the limit, with its length and its first bytes. */
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

    /**
     * @param limit maximum length of a line in bytes
     * @param sink receives the lines of {@link #readAll}
     */
    LineReader(InputStream in, int limit, Sink sink) {
        this.in = in;
        this.limit = limit;
        this.sink = sink;
    }

    /** Creates a reader whose lines are read one by one. */
    LineReader(InputStream in, int limit) {
        this(in, limit, null);
    }

    /**
     * Number of lines read from the stream but not passed on yet, including the current one. May be called by any
     * thread.
     */
    int pending() {
        return pending;
    }

    /** Reads to the end of the stream. */
    void readAll() throws IOException {
        while (next(sink)) {
            // Passed to the sink.
        }
    }

    /**
     * Passes on the next line; false at the end of the stream. The state is updated before the sink is called, so that
     * another thread can continue if the sink does not return.
     */
    boolean next(Sink to) throws IOException {
        while (lines == 0) {
            if (ended) {
                pending = 0;
                return false;
            }
            fill();
        }
        passNext(to);
        return true;
    }

    /**
     * Passes on the buffered lines and those that can be read without blocking.
     *
     * @param maxBytes maximum number of bytes to read, because a process may still be writing
     */
    void rest(Sink to, long maxBytes) throws IOException {
        long read = 0;
        while (lines > 0 || (!ended && read < maxBytes && in.available() > 0)) {
            if (lines > 0) {
                passNext(to);
            } else {
                read += fill();
            }
        }
        finish();
        if (lines > 0) {
            passNext(to);
        }
    }

    /** Reads once and counts the complete lines. */
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

    /** Makes the bytes after the last line end a line. */
    private void finish() {
        ended = true;
        if (lines == 0 && (end > start || skipped > 0)) {
            lines = 1;
        }
    }

    private void passNext(Sink to) {
        pending = lines--;
        int from = start;
        int last = ended && lines == 0 ? end : LineEnds.next(buffer, scan, end);
        start = Math.min(last + 1, end);
        scan = start;
        pass(from, last, to);
    }

    /** Passes on the line in [from, until), or reports a skipped one. */
    private void pass(int from, int until, Sink to) {
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

    /** Moves an incomplete line to the front of the buffer; allocates a larger buffer only if the line fills it. */
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
