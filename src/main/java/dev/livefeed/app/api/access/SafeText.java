package dev.livefeed.app.api.access;

/** Makes text from a request safe to repeat in a response. */
public final class SafeText {

    private SafeText() {}

    /** One line of at most 80 characters. */
    public static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}
