package dev.livefeed.app.health;

import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The channels of an instrument for which the connector names no connection. While one is down, it may be theirs until
 * their next event shows that it is another one. Not thread-safe.
 */
final class UnnamedConnections {

    private final String name;
    private final HealthLimits limits;
    private final Map<String, UsualInterval> usual = new HashMap<>();

    UnnamedConnections(String name, HealthLimits limits) {
        this.name = name;
        this.limits = limits;
    }

    /**
     * Channels whose connection may be down.
     *
     * @param lateFrom from when on the next event of one of them is later than usual
     */
    record Doubt(long lateFrom, String reason) {}

    /**
     * Looks at the channels.
     *
     * @param newest returns the time of a channel's newest event, -1 if there is none from the running process
     * @param held whether a step of a route holds up the feed
     * @return null if none is in doubt
     */
    Doubt look(
            List<Subscription> subscriptions,
            ToLongFunction<Subscription> newest,
            FeedSnapshot.Link link,
            boolean held) {
        long lateFrom = Long.MAX_VALUE;
        List<String> doubtful = new ArrayList<>();
        for (Subscription s : subscriptions) {
            if (!s.connections().isEmpty() || s.comesOnChange() || s.state() == Subscription.State.REFUSED) {
                continue;
            }
            UsualInterval interval = usual.computeIfAbsent(s.channel(), channel -> new UsualInterval());
            long last = newest.applyAsLong(s);
            boolean open = link.down().isEmpty() || last > link.lastLoss();
            if (!open || held) {
                interval.interrupt();
            } else if (last >= 0) {
                interval.event(last);
            }
            if (!open) {
                doubtful.add(s.channel());
                lateFrom = Math.min(lateFrom, Math.max(last, link.downSince()) + interval.limit(limits));
            }
        }
        return doubtful.isEmpty() ? null : new Doubt(lateFrom, reason(doubtful, link));
    }

    private String reason(List<String> channels, FeedSnapshot.Link link) {
        Map.Entry<String, String> one = link.down().entrySet().iterator().next();
        return down(one.getKey(), one.getValue()) + "; it may carry " + String.join(", ", channels) + " of " + name
                + ": no data since then";
    }

    /** The reason that names a connection. */
    static String down(String connection, String why) {
        return (connection.isEmpty() ? "a connection" : "connection " + connection) + " is down: " + why;
    }

    void interrupt() {
        usual.values().forEach(UsualInterval::interrupt);
    }
}
