package dev.livefeed.protocol.model;

/** The syntax of symbols. */
public final class Symbols {

    /** For messages that start with "must be". */
    public static final String RULE = "1 to 40 letters, digits or one of . _ -, with a letter or digit first";

    private Symbols() {}

    /** Whether the text is a valid symbol. */
    public static boolean valid(String text) {
        int length = text.length();
        if (length == 0 || length > 40) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
            if (!alphanumeric && (i == 0 || (c != '.' && c != '_' && c != '-'))) {
                return false;
            }
        }
        return true;
    }
}
