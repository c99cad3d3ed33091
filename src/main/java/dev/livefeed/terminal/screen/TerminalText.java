package dev.livefeed.terminal.screen;

import org.jline.utils.WCWidth;

/**
 * Texts of another program as they may be written to a terminal: without control characters, which would be commands to
 * it, and without characters that terminals do not agree about.
 */
public final class TerminalText {

    /** Of a longer text, the rest is cut off. */
    public static final int MOST = 500;

    private static final int UNKNOWN = '?';

    private TerminalText() {}

    /** @param ascii whether the terminal has nothing else */
    public static String of(String text, boolean ascii) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), MOST));
        for (int i = 0; i < text.length() && safe.length() < MOST; i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            switch (Character.getType(character)) {
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR ->
                    safe.append(' ');
                // Of these, terminals make nothing, or something on the character before them.
                case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> {}
                case Character.CONTROL -> safe.append(character == '\t' || character == '\n' ? ' ' : '?');
                case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                    safe.append('?');
                default ->
                    safe.appendCodePoint(
                            ascii && character > 126 || WCWidth.wcwidth(character) < 1 ? UNKNOWN : character);
            }
        }
        return safe.toString();
    }
}
