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
            append(safe, text.codePointAt(i), ascii);
        }
        return safe.toString();
    }

    /** Whole lines of text, of any length; their ends stay. */
    public static String lines(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (text.charAt(i) == '\n') {
                safe.append('\n');
            } else {
                append(safe, text.codePointAt(i), false);
            }
        }
        return safe.toString();
    }

    private static void append(StringBuilder safe, int character, boolean ascii) {
        if (isRightToLeft(character)) {
            safe.appendCodePoint(UNKNOWN);
            return;
        }
        switch (Character.getType(character)) {
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> safe.append(' ');
            // Of these, terminals make nothing, or something on the character before them.
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> {}
            case Character.CONTROL -> safe.append(character == '\t' || character == '\n' ? ' ' : '?');
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> safe.append('?');
            default ->
                safe.appendCodePoint(ascii && character > 126 || WCWidth.wcwidth(character) < 1 ? UNKNOWN : character);
        }
    }

    /** Some terminals turn around what stands beside such letters, numbers included. */
    private static boolean isRightToLeft(int character) {
        return switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }
}
