package dev.livefeed.app.sink;

/**
 * Writes batches to a sink that may refuse a line for good. Such a line is set aside, counted and announced, so that it
 * does not block those behind it; every other failure is that of the batch.
 */
public final class RefusedLines {

    /** Where lines are written. A batch is written whole or not at all, and may come again. */
    public interface Target {

        void write(LineBatch lines) throws Exception;

        /** Whether the failure is due to a line, which will never be accepted. */
        boolean isRefusal(Exception failure);

        /** Keeps a single line elsewhere; false if it was there already. */
        boolean setAside(LineBatch line, String reason) throws Exception;

        /** Where it keeps them. */
        String place();
    }

    private static final int MAX_REASON = 300;

    private final SinkBuffers buffers;

    public RefusedLines(SinkBuffers buffers) {
        this.buffers = buffers;
    }

    /** Writes all lines in order; if one is refused, in ever smaller parts. */
    public void write(LineBatch lines, Target target) throws Exception {
        try {
            target.write(lines);
            return;
        } catch (Exception e) {
            if (!target.isRefusal(e)) {
                throw e;
            }
            if (lines.size() == 1) {
                String reason = oneLine(e.getMessage());
                if (target.setAside(lines, reason)) {
                    buffers.refused(
                            lines.name(), 1, reason + "; line " + lines.first() + " is now in " + target.place());
                }
                return;
            }
        }
        int middle = lines.size() / 2;
        write(lines.part(0, middle), target);
        write(lines.part(middle, lines.size()), target);
    }

    private static String oneLine(String text) {
        String line = String.valueOf(text).replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
    }
}
