package dev.livefeed.terminal.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.WCWidth;

/** The cells of a screen. Texts are made safe for a terminal and cut at its edges; nothing is ever drawn elsewhere. */
public final class Frame {

    /** The second cell of a wide character. */
    private static final int NOTHING = -1;

    private final int rows;
    private final int columns;
    private final Glyphs glyphs;
    private final int[][] characters;
    private final Tone[][] tones;

    public Frame(int rows, int columns, Glyphs glyphs) {
        this.rows = rows;
        this.columns = columns;
        this.glyphs = glyphs;
        characters = new int[rows][columns];
        tones = new Tone[rows][columns];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(characters[row], ' ');
            Arrays.fill(tones[row], Tone.PLAIN);
        }
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public Glyphs glyphs() {
        return glyphs;
    }

    /** Writes a text; returns the column behind it. */
    public int put(int row, int column, String text, Tone tone) {
        return put(row, column, columns - column, text, tone);
    }

    /** Writes a text into some columns, beginning with the first; returns the column behind it. */
    public int put(int row, int column, int width, String text, Tone tone) {
        int end = Math.min(columns, column + width);
        int at = column;
        if (row < 0 || row >= rows || column < 0) {
            return at;
        }
        for (int character : safe(text).codePoints().toArray()) {
            int cells = WCWidth.wcwidth(character);
            if (at + cells > end) {
                cut(row, column, end, tone);
                return end;
            }
            set(row, at++, character, tone);
            if (cells == 2) {
                set(row, at++, NOTHING, tone);
            }
        }
        return at;
    }

    /** Of a wide character that is half overwritten, nothing is left. */
    private void set(int row, int column, int character, Tone tone) {
        if (character != NOTHING && characters[row][column] == NOTHING) {
            characters[row][column - 1] = ' ';
        }
        if (column + 1 < columns && characters[row][column + 1] == NOTHING) {
            characters[row][column + 1] = ' ';
        }
        characters[row][column] = character;
        tones[row][column] = tone;
    }

    /** Marks that a text goes on: a number without its last digits would be another one. */
    private void cut(int row, int begin, int end, Tone tone) {
        if (end > begin) {
            set(row, end - 1, glyphs.more(), tone);
        }
    }

    /** Writes a text so that it ends with the last of some columns. */
    public void putRight(int row, int column, int width, String text, Tone tone) {
        put(row, column + Math.max(0, width - width(text)), Math.min(width, width(text)), text, tone);
    }

    /** The columns that a text takes. */
    public int width(String text) {
        return safe(text).codePoints().map(WCWidth::wcwidth).sum();
    }

    private String safe(String text) {
        return TerminalText.of(text, glyphs == Glyphs.ASCII);
    }

    /** Gives a row of cells another tone. */
    public void tint(int row, int column, int width, Tone tone) {
        if (row >= 0 && row < rows) {
            Arrays.fill(tones[row], Math.min(column, columns), Math.min(columns, column + width), tone);
        }
    }

    /** A row as it is drawn, without blanks at the end. */
    public AttributedString line(int row, boolean colours) {
        int end = columns;
        while (end > 0 && characters[row][end - 1] == ' ' && !tones[row][end - 1].fills()) {
            end--;
        }
        AttributedStringBuilder line = new AttributedStringBuilder(end);
        for (int column = 0; column < end; column++) {
            if (characters[row][column] != NOTHING) {
                line.style(tones[row][column].style(colours));
                line.append(Character.toString(characters[row][column]));
            }
        }
        return line.toAttributedString();
    }

    public List<AttributedString> lines(boolean colours) {
        List<AttributedString> lines = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            lines.add(line(row, colours));
        }
        return lines;
    }

    /** A row as plain text, without blanks at the end. */
    public String text(int row) {
        return line(row, false).toString().stripTrailing();
    }

    public Tone tone(int row, int column) {
        return tones[row][column];
    }
}
