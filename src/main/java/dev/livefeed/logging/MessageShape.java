package dev.livefeed.logging;

/** Normalizes messages that differ only in their numbers. */
final class MessageShape {

    private static final int MAX_LENGTH = 160;
    private static final int MAX_LINE = 500;

    private MessageShape() {}

    /** The first line, truncated, with a # for each word that contains a digit: a number, an address, an id. */
    static String of(String message) {
        String line = firstLine(message);
        StringBuilder shape = new StringBuilder(Math.min(line.length(), MAX_LENGTH));
        int word = 0;
        boolean digit = false;
        for (int i = 0; i < line.length() && shape.length() < MAX_LENGTH; i++) {
            char c = line.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' && digit) {
                digit |= Character.isDigit(c);
                shape.append(c);
                continue;
            }
            end(shape, word, digit);
            shape.append(c == '"' ? '\'' : c);
            word = shape.length();
            digit = false;
        }
        end(shape, word, digit);
        return shape.toString();
    }

    private static void end(StringBuilder shape, int word, boolean digit) {
        if (digit) {
            shape.setLength(word);
            shape.append('#');
        }
    }

    static String firstLine(String message) {
        int end = 0;
        while (end < message.length() && end < MAX_LINE && message.charAt(end) != '\n' && message.charAt(end) != '\r') {
            end++;
        }
        return message.substring(0, end);
    }
}
