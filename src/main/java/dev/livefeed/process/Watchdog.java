package dev.livefeed.process;

import java.time.Duration;

/**
 * Says when a running connector has to be replaced. Heartbeats do not hide dead data: the pulse is the newest market
 * event on any channel, so that one quiet channel replaces nothing.
 *
 * @param startDeadline first market data after a start
 * @param data no market data for so long
 * @param grace before which {@code data} is not looked at
 * @param silence no line at all for so long, from a connector that sends heartbeats
 */
public record Watchdog(Duration startDeadline, Duration data, Duration grace, Duration silence) {

    /** Why the process has to be replaced, or null while it need not be. */
    public String verdict(Feed feed) {
        long up = feed.uptimeMillis();
        if (up < 0) {
            return null;
        }
        if (feed.heartbeats() && feed.lineAgeMillis() > silence.toMillis()) {
            return "no line for " + seconds(feed.lineAgeMillis()) + " from a connector that sends heartbeats (limit "
                    + seconds(silence.toMillis()) + ")";
        }
        long age = feed.dataAgeMillis();
        if (age < 0) {
            return up > startDeadline.toMillis()
                    ? "no market data within " + seconds(startDeadline.toMillis()) + " of its start"
                    : null;
        }
        if (up > grace.toMillis() && age > data.toMillis()) {
            return "no market data for " + seconds(age) + " (limit " + seconds(data.toMillis()) + ")";
        }
        return null;
    }

    private static String seconds(long millis) {
        return String.format(java.util.Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
