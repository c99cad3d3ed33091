package dev.livefeed.app.feed;

import java.time.Duration;
import java.util.Locale;

/**
 * Decides when a running connector must be replaced: it is silent without a reason, does not start up, or does not
 * reconnect to the exchange. A quiet market is not a reason while the connector answers and its subscriptions are
 * confirmed. Time for which the routes hold a line is not counted. During an announced maintenance only a silent
 * process is replaced; the limits for the exchange begin again after it.
 *
 * @param startDeadline limit for market data or a confirmed subscription after a start
 * @param data limit for a lost exchange, or for silence of a connector without heartbeats
 * @param grace time after the start during which {@code data} is not checked
 * @param silence limit for silence of a connector with heartbeats
 */
public record Watchdog(Duration startDeadline, Duration data, Duration grace, Duration silence) {

    /** Returns why the process must be replaced, or null. */
    public String verdict(FeedState feed) {
        long up = feed.uptimeMillis();
        if (up < 0) {
            return null;
        }
        long quiet = feed.silenceMillis();
        if (feed.heartbeats() && quiet > silence.toMillis()) {
            return "no line for " + seconds(quiet) + " from a connector that sends heartbeats (limit "
                    + seconds(silence.toMillis()) + ")";
        }
        boolean maintenance = feed.maintenances().current() != null;
        if (maintenance) {
            feed.excused();
        }
        if (!feed.shownToWork()) {
            return feed.startMillis() > startDeadline.toMillis()
                    ? "no market data within " + seconds(startDeadline.toMillis())
                            + " of its start, and no subscription confirmed" + loss(feed)
                    : null;
        }
        if (up <= grace.toMillis()) {
            return null;
        }
        long lost = feed.disconnectedMillis();
        if (lost > data.toMillis()) {
            return "the exchange has been lost for " + seconds(lost) + limit() + loss(feed);
        }
        if (!feed.heartbeats() && quiet > data.toMillis() && !maintenance) {
            return "no line for " + seconds(quiet) + " from a connector that sends no heartbeats" + limit();
        }
        return null;
    }

    /** Why the exchange cannot be reached, if the connector has said so. */
    private static String loss(FeedState feed) {
        FeedSnapshot.Link link = feed.snapshot().link();
        return link.lost() && link.reason() != null ? ": " + link.reason() : "";
    }

    private String limit() {
        return " (limit " + seconds(data.toMillis()) + ")";
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
