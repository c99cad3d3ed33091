package dev.livefeed.app.market;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trading sessions of a day. Where windows overlap, the first in the list applies. Immutable.
 *
 * @param windows by session name, in the configured order
 */
public record Sessions(Map<String, DayWindow> windows) {

    private static final int MAX = 24;
    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,31})\\s+(\\S.*)");

    public Sessions {
        windows = Collections.unmodifiableMap(new LinkedHashMap<>(windows));
    }

    /**
     * Parses a list such as {@code asia 00:00-08:00, london 08:00-12:00 Europe/London}; a blank text means no sessions.
     *
     * @throws IllegalArgumentException naming the invalid part and the rule
     */
    public static Sessions parse(String text) {
        Map<String, DayWindow> windows = new LinkedHashMap<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Matcher form = FORM.matcher(part.strip());
            if (!form.matches()) {
                throw new IllegalArgumentException("\"" + part.strip() + "\" is not a session: it must be a name and "
                        + DayWindow.RULE + ", separated by commas");
            }
            if (windows.put(form.group(1), DayWindow.parse(form.group(2))) != null) {
                throw new IllegalArgumentException(
                        "session " + form.group(1) + " is listed twice; list each session once");
            }
        }
        if (windows.size() > MAX) {
            throw new IllegalArgumentException(windows.size() + " sessions are too many; the limit is " + MAX);
        }
        return new Sessions(windows);
    }

    /** Returns the name of the session at a time in microseconds since 1970, or null if there is none. */
    public String at(long micros) {
        for (Map.Entry<String, DayWindow> session : windows.entrySet()) {
            if (session.getValue().contains(micros)) {
                return session.getKey();
            }
        }
        return null;
    }
}
