package dev.livefeed.app.sink;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Consecutive lines of a queue, the body of a message to a sink. The lines are of one run, and their sequence numbers
 * have no gap. Iterating over it returns the fields of each line. Immutable.
 */
public final class LineBatch implements Iterable<LineFields> {

    private final String name;
    private final long run;
    private final long first;
    private final List<StoredLine> lines;
    private final long end;

    private LineBatch(String name, long run, long first, List<StoredLine> lines, long end) {
        this.name = name;
        this.run = run;
        this.first = first;
        this.lines = lines;
        this.end = end;
    }

    /** Collects the lines of a batch. */
    static final class Builder {

        private final String name;
        private final long run;
        private final long first;
        private final List<StoredLine> lines = new ArrayList<>();
        private long bytes;

        Builder(String name, long run, long first) {
            this.name = name;
            this.run = run;
            this.first = first;
        }

        void add(StoredLine line) {
            lines.add(line);
            bytes += line.bytes().length;
        }

        int size() {
            return lines.size();
        }

        long bytes() {
            return bytes;
        }

        LineBatch build(long end) {
            return new LineBatch(name, run, first, List.copyOf(lines), end);
        }
    }

    /** Name of the sink. */
    public String name() {
        return name;
    }

    /** Run of the application that has stored the lines. */
    public long run() {
        return run;
    }

    /** Sequence number of the first line; each following line has the next number. */
    public long first() {
        return first;
    }

    public long last() {
        return first + lines.size() - 1;
    }

    public int size() {
        return lines.size();
    }

    /** A line by its index, without a line end; not to be changed. */
    public byte[] line(int index) {
        return lines.get(index).bytes();
    }

    /** The type of a line, by its index. */
    public String type(int index) {
        return LineFields.type(line(index));
    }

    /** When a line was stored, by its index: milliseconds since 1970. */
    public long storedMillis(int index) {
        return lines.get(index).timeMillis();
    }

    /** The lines from an index up to another one, which is not part of it. */
    LineBatch part(int from, int to) {
        return new LineBatch(name, run, first + from, lines.subList(from, to), end);
    }

    List<StoredLine> lines() {
        return lines;
    }

    /** When the first line was stored, milliseconds since 1970. */
    public long oldestMillis() {
        return lines.get(0).timeMillis();
    }

    /** Position in the file behind the last line. */
    long end() {
        return end;
    }

    /** All lines, each with a line end. */
    public byte[] ndjson() {
        int length = lines.stream().mapToInt(line -> line.bytes().length + 1).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (StoredLine line : lines) {
            System.arraycopy(line.bytes(), 0, all, at, line.bytes().length);
            at += line.bytes().length;
            all[at++] = '\n';
        }
        return all;
    }

    /** The fields of each line by their names in the protocol, decimals exact and times as instants. */
    @Override
    public Iterator<LineFields> iterator() {
        return lines.stream().map(line -> LineFields.of(line.bytes())).iterator();
    }

    /** For logs. */
    @Override
    public String toString() {
        return "lines " + first + " to " + last() + " of sink " + name;
    }
}
