package dev.livefeed.app.sink;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Writes batches to a sink that may refuse a line for good. Such a line is set aside, counted and announced, so that it
 * does not block those behind it; every other failure is that of the batch. Not for several threads at a time.
 */
public final class RefusedLines {

    /** Where lines are written. A batch is written whole or not at all, or its lines may come again. */
    public interface Target {

        void write(LineBatch lines) throws Exception;

        /** Whether the failure is due to a line, which will never be accepted. */
        boolean isRefusal(Exception failure);

        /**
         * Keeps a single line elsewhere; false if it was there already.
         *
         * @throws Exception if it is not kept there; a refusal if it never will be: then it is kept beside the buffer
         */
        boolean setAside(LineBatch line, String reason) throws Exception;

        /** Where it keeps them. */
        String place();
    }

    /** After this many refused lines in a row, the sink itself is considered failing. */
    static final int MOST_IN_A_ROW = 100;

    private static final int MAX_REASON = 300;

    private final SinkBuffers buffers;
    private int inARow;
    /** The last line that was set aside. */
    private long lastRun = -1;

    private long lastSequence = -1;

    public RefusedLines(SinkBuffers buffers) {
        this.buffers = buffers;
    }

    /** Writes all lines in order; if one is refused, those around it by themselves. */
    public void write(LineBatch lines, Target target) throws Exception {
        Deque<LineBatch> parts = new ArrayDeque<>();
        parts.push(lines);
        while (!parts.isEmpty()) {
            LineBatch part = parts.pop();
            try {
                target.write(part);
                inARow = 0;
            } catch (Exception e) {
                if (!target.isRefusal(e)) {
                    throw e;
                }
                if (part.size() == 1) {
                    setAside(part, target, e);
                } else {
                    cut(part, e).forEach(parts::push);
                }
            }
        }
    }

    /** The parts in which a batch is tried again, the last one first. */
    private static List<LineBatch> cut(LineBatch lines, Exception refusal) {
        int from = lines.size() / 2;
        int to = from;
        if (refusal instanceof LineRefused one && one.index() >= 0) {
            from = one.index();
            to = from + 1;
        }
        return List.of(lines.part(to, lines.size()), lines.part(from, to), lines.part(0, from)).stream()
                .filter(part -> part.size() > 0)
                .toList();
    }

    private void setAside(LineBatch line, Target target, Exception refusal) throws Exception {
        String reason = oneLine(refusal.getMessage());
        if (inARow >= MOST_IN_A_ROW) {
            throw new IOException(
                    MOST_IN_A_ROW + " lines in a row were refused, so that no more are set aside until one"
                            + " is taken; the last: " + reason);
        }
        if (line.run() == lastRun && line.first() <= lastSequence) {
            return; // the batch comes again because of a line behind this one
        }
        String place = target.place();
        boolean added;
        try {
            added = target.setAside(line, reason);
        } catch (Exception e) {
            if (!target.isRefusal(e)) {
                throw e;
            }
            place = SinkBuffers.REFUSED + ", as " + place + " refuses it: " + oneLine(e.getMessage());
            added = buffers.setAside(line, reason);
        }
        lastRun = line.run();
        lastSequence = line.first();
        if (added) {
            inARow++;
            buffers.refused(line.name(), 1, reason + "; line " + line.first() + " is now in " + place);
        }
    }

    private static String oneLine(String text) {
        String line = String.valueOf(text).replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
    }
}
