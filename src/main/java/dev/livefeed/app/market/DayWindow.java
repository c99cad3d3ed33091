package dev.livefeed.app.market;

import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of each UTC day, such as 08:00-12:00.
 *
 * @param startSecond of the day, inclusive
 * @param endSecond of the day, exclusive; not after the start if the window extends past midnight
 */
public record DayWindow(int startSecond, int endSecond) {

    /** For messages that start with "must be". */
    public static final String RULE = "two different times of day such as 08:00-12:00";

    private static final int DAY = 86_400;
    private static final Pattern FORM =
            Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)\\s*-\\s*(?:([01]\\d|2[0-3]):([0-5]\\d)|24:00)");

    /** @throws IllegalArgumentException if the text is not a window, with {@link #RULE} */
    public static DayWindow parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches()) {
            int start = second(form.group(1), form.group(2));
            int end = form.group(3) == null ? DAY : second(form.group(3), form.group(4));
            if (start != end) {
                return new DayWindow(start, end == 0 ? DAY : end);
            }
        }
        throw new IllegalArgumentException("\"" + text.strip() + "\" is not a window: it must be " + RULE);
    }

    private static int second(String hour, String minute) {
        return Integer.parseInt(hour) * 3_600 + Integer.parseInt(minute) * 60;
    }

    /** Whether the window contains a second of the day. */
    public boolean contains(int second) {
        return wraps() ? second >= startSecond || second < endSecond : second >= startSecond && second < endSecond;
    }

    /** Whether the window extends past midnight. */
    public boolean wraps() {
        return endSecond <= startSecond;
    }

    @Override
    public String toString() {
        return LocalTime.ofSecondOfDay(startSecond) + "-"
                + (endSecond == DAY
                        ? "24:00"
                        : LocalTime.ofSecondOfDay(endSecond).toString());
    }
}
