package dev.livefeed.app.feed;

import java.time.Duration;
import java.util.Locale;

/**
 * Says when a running connector has to be replaced: when it is silent although it ought not to be, does not get
 * going, or does not find the exchange again. A quiet market is no reason: a connector that answers, with what was
 * asked for confirmed, is left alone. Nor is a line that the routes hold: such time counts for nothing.
 *
 * @param startDeadline market data or a confirmed subscription after a start
 * @param data time for which the exchange is lost, or for which a connector without heartbeats prints no line
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
        long quiet = feed.silenceMillis();
        if (feed.heartbeats() && quiet > silence.toMillis()) {
            return "no line for " + seconds(quiet) + " from a connector that sends heartbeats (limit "
                    + seconds(silence.toMillis()) + ")";
        }
        if (!feed.proved()) {
            return feed.startMillis() > startDeadline.toMillis()
                    ? "no market data within " + seconds(startDeadline.toMillis())
                            + " of its start, and no subscription confirmed"
                    : null;
        }
        if (up <= grace.toMillis()) {
            return null;
        }
        long lost = feed.disconnectedMillis();
        if (lost > data.toMillis()) {
            return "the exchange has been lost for " + seconds(lost) + limit();
        }
        if (!feed.heartbeats() && quiet > data.toMillis()) {
            return "no line for " + seconds(quiet) + " from a connector that sends no heartbeats" + limit();
        }
        return null;
    }

    private String limit() {
        return " (limit " + seconds(data.toMillis()) + ")";
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
