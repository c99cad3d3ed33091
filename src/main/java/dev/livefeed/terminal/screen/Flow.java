package dev.livefeed.terminal.screen;

/** Writes parts one behind the other, on a further line where one does not fit. */
public final class Flow {

    private static final int GAP = 2;

    private final Frame frame;
    private final int indent;
    private final int lastRow;
    private int row;
    private int column;
    private boolean empty = true;

    /** @param rows at most; further parts are left out */
    public Flow(Frame frame, int row, int rows, int indent) {
        this.frame = frame;
        this.row = row;
        this.indent = indent;
        lastRow = Math.min(frame.rows(), row + rows) - 1;
    }

    public void add(String part, Tone tone) {
        if (part.isEmpty()) {
            return;
        }
        int width = frame.width(part);
        if (!empty && column + GAP + width > frame.columns() && row < lastRow) {
            row++;
            column = indent;
        } else if (!empty) {
            column += GAP;
        }
        if (row <= lastRow) {
            column = frame.put(row, column, part, tone);
        }
        empty = false;
    }

    /** Text of many words, which may break between them. */
    public void addWords(String text, Tone tone) {
        int end = frame.columns();
        boolean first = true;
        for (String word : text.split(" ")) {
            int width = frame.width(word);
            int gap = empty ? 0 : first ? GAP : 1;
            if (!empty && column + gap + width > end && row < lastRow) {
                row++;
                column = indent;
            } else {
                column += gap;
            }
            if (row <= lastRow) {
                column = frame.put(row, column, word, tone);
            }
            empty = false;
            first = false;
        }
    }

    /** The row behind the last one. */
    public int next() {
        return Math.min(row, lastRow) + 1;
    }
}
