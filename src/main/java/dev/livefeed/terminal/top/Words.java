package dev.livefeed.terminal.top;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Durations, times and rates for people. */
final class Words {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private Words() {}

    /** Such as 0.4 s, 12 s, 3 min 20 s, 2 h 5 min. */
    static String duration(long millis) {
        long seconds = Math.max(0, millis) / 1000;
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, millis) / 100 / 10.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** The same in at most five characters: 0.4s, 12s, 3m, 2h, 5d. */
    static String shortDuration(long millis) {
        long seconds = Math.max(0, millis) / 1000;
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1fs", Math.max(0, millis) / 100 / 10.0);
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    /** The time of day in UTC. */
    static String clock(long millis) {
        return CLOCK.format(Instant.ofEpochMilli(millis));
    }

    /** Of events per second, with a decimal place if they are few. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%.0f", perSecond);
    }

    /** Of milliseconds, with a decimal place if they are few. */
    static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
    }

    /** The length of a curve: 40 s, 60 min, 5 h. */
    static String span(long millis) {
        long seconds = millis / 1000;
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
