package dev.livefeed.app.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The length of a candle, from one second to one day.
 *
 * @param name as configured, such as {@code 5m}
 * @param micros length in microseconds
 */
public record Timeframe(String name, long micros) {

    public static final long SECOND = 1_000_000L;
    public static final long DAY = 86_400 * SECOND;

    /** The rule for a list of timeframes. */
    public static final String RULE =
            "it must list 1 to 12 different timeframes from 1s to 1d that divide a day, such as 1s,1m,5m,1h";

    private static final Pattern FORM = Pattern.compile("(\\d{1,5})([smhd])");

    /**
     * Parses a number and a unit: s, m, h or d.
     *
     * @throws IllegalArgumentException if the text is invalid, or does not divide a day
     */
    public static Timeframe of(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            long unit =
                    switch (form.group(2)) {
                        case "s" -> SECOND;
                        case "m" -> 60 * SECOND;
                        case "h" -> 3_600 * SECOND;
                        default -> DAY;
                    };
            long micros = Long.parseLong(form.group(1)) * unit;
            if (micros > 0 && DAY % micros == 0) {
                return new Timeframe(text, micros);
            }
        }
        throw new IllegalArgumentException(
                "timeframe \"" + text + "\" must be a number with s, m, h or d that divides a day, such as 1m");
    }

    /**
     * Parses a comma-separated list.
     *
     * @throws IllegalArgumentException if the list is invalid
     */
    public static List<Timeframe> list(String text) {
        List<Timeframe> list = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Timeframe next = of(part.strip());
            if (list.stream().anyMatch(other -> other.micros == next.micros)) {
                throw new IllegalArgumentException("timeframe " + part.strip() + " is listed twice");
            }
            list.add(next);
        }
        if (list.size() > 12) {
            throw new IllegalArgumentException(list.size() + " timeframes are too many; the limit is 12");
        }
        return List.copyOf(list);
    }

    /** The start of the candle of a time. Candles start at multiples of their length since 1970, in UTC. */
    public long start(long timestampMicros) {
        return timestampMicros - Math.floorMod(timestampMicros, micros);
    }
}
