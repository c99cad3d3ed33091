package dev.livefeed.terminal.screen;

/** The characters of lines, bars and curves; a terminal without UTF-8 gets those of ASCII. */
public enum Glyphs {
    UNICODE("▁▂▃▄▅▆▇█", '█', '─', '▸', '│', '…'),
    ASCII("_.-~=+*#", '#', '-', '>', '|', '~');

    private final String heights;
    private final char bar;
    private final char line;
    private final char pointer;
    private final char edge;
    private final char more;

    Glyphs(String heights, char bar, char line, char pointer, char edge, char more) {
        this.heights = heights;
        this.bar = bar;
        this.line = line;
        this.pointer = pointer;
        this.edge = edge;
        this.more = more;
    }

    /** @param share of the full height, from 0 to 1 */
    public char height(double share) {
        return heights.charAt((int) Math.min(heights.length() - 1L, Math.floor(share * heights.length())));
    }

    public String bar(int columns) {
        return String.valueOf(bar).repeat(Math.max(0, columns));
    }

    public String line(int columns) {
        return String.valueOf(line).repeat(Math.max(0, columns));
    }

    public String pointer() {
        return String.valueOf(pointer);
    }

    public String edge() {
        return String.valueOf(edge);
    }

    /** Stands for the rest of a text that is cut off. */
    public char more() {
        return more;
    }
}
