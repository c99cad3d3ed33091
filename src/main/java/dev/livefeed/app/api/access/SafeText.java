package dev.livefeed.app.api.access;

import dev.livefeed.naming.OneLine;

/** Makes text from a request safe to repeat in a response. */
public final class SafeText {

    private SafeText() {}

    /** One line of at most 80 characters. */
    public static String shown(String text) {
        String line = OneLine.of(text);
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}
