package dev.livefeed.naming;

import java.util.regex.Pattern;

/** Makes foreign text safe to repeat in a message. */
public final class OneLine {

    /** Controls, also those above 127; marks of direction and other invisible ones; half characters; line ends. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private OneLine() {}

    /** The beginning of the text, as {@link #of(String)} makes it. */
    public static String of(String text, int longest) {
        return of(text.length() <= longest ? text : text.substring(0, longest) + "…");
    }

    /** The text without its middle if it is longer: a message begins with what is wrong, and ends with what to do. */
    public static String ends(String text, int longest) {
        int half = longest / 2;
        return of(
                text.length() <= longest ? text : text.substring(0, half) + "…" + text.substring(text.length() - half));
    }

    /** The text with a question mark for each character that ends a line, is invisible or changes what follows. */
    public static String of(String text) {
        return UNSAFE.matcher(text).replaceAll("?");
    }
}
