package dev.livefeed.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of each UTC day with a name.
 *
 * @param startMinute minutes after midnight, inclusive
 * @param endMinute minutes after midnight, exclusive, above the start, at most 1440
 */
public record Session(String name, int startMinute, int endMinute) {

    /** What a list of them must look like. */
    public static final String RULE =
            "it must list sessions as \"name HH:MM-HH:MM\" in UTC, parted by commas, not over midnight, at most 24";

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,30})\\s+(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})");

    /**
     * Reads a comma list of sessions; an empty text holds none.
     *
     * @throws IllegalArgumentException where it is no such list
     */
    public static List<Session> list(String text) {
        List<Session> list = new ArrayList<>();
        if (text.isBlank()) {
            return list;
        }
        for (String part : text.split(",", -1)) {
            Matcher form = FORM.matcher(part.strip());
            if (!form.matches()) {
                throw new IllegalArgumentException(RULE);
            }
            int start = minute(form.group(2), form.group(3));
            int end = minute(form.group(4), form.group(5));
            String name = form.group(1);
            if (start >= end || end > 1_440 || list.stream().anyMatch(s -> s.name.equals(name)) || list.size() == 24) {
                throw new IllegalArgumentException(RULE);
            }
            list.add(new Session(name, start, end));
        }
        return List.copyOf(list);
    }

    private static int minute(String hours, String minutes) {
        int m = Integer.parseInt(minutes);
        if (m > 59) {
            throw new IllegalArgumentException(RULE);
        }
        return Integer.parseInt(hours) * 60 + m;
    }

    boolean holds(int minute) {
        return minute >= startMinute && minute < endMinute;
    }
}
