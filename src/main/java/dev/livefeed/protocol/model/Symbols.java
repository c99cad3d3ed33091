package dev.livefeed.protocol.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** The syntax of symbols. */
public final class Symbols {

    /** For messages that start with "must be". */
    public static final String RULE = "1 to 40 letters, digits or one of . _ -, with a letter or digit first";

    /** For messages that start with "must be". */
    public static final String CATEGORY_RULE =
            "1 to 40 of the letters A to Z and a to z, digits, _ and -, " + "with a letter or digit first";

    private Symbols() {}

    private static final int MOST_CHARACTERS = 40;
    private static final int FIRST_BEYOND_ASCII = 128;

    /**
     * Whether the text is a valid symbol. Letters and digits of any script are accepted in Unicode normal form C, and
     * combining marks behind a letter; characters that cannot be seen or change the direction of writing are not.
     */
    public static boolean valid(String text) {
        int length = text.length();
        if (length == 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= FIRST_BEYOND_ASCII) {
                return ofAnyScript(text);
            }
            boolean alphanumeric = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
            if (!alphanumeric && (i == 0 || (c != '.' && c != '_' && c != '-'))) {
                return false;
            }
        }
        return length <= MOST_CHARACTERS;
    }

    /** Whether the text is a valid category: it is part of file names, topics and metrics. */
    public static boolean validCategory(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
            if (!alphanumeric && (i == 0 || (c != '_' && c != '-'))) {
                return false;
            }
        }
        return length > 0 && length <= MOST_CHARACTERS;
    }

    private static boolean ofAnyScript(String text) {
        if (text.length() > 2 * MOST_CHARACTERS || text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!Character.isLetterOrDigit(c) && (i == 0 || !(c == '.' || c == '_' || c == '-' || mark(c)))) {
                return false;
            }
            if (invisible(c)) {
                return false;
            }
            i += Character.charCount(c);
        }
        return Normalizer.isNormalized(text, Normalizer.Form.NFC);
    }

    private static boolean mark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** Letters and marks without a form of their own: fillers, joiners and selectors of variants. */
    private static boolean invisible(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0000 && c <= 0xE0FFF);
    }

    /** The symbol as part of the query of an address. */
    public static String inAddress(String symbol) {
        return URLEncoder.encode(symbol, StandardCharsets.UTF_8);
    }
}
