package dev.livefeed.app.strategy;

import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.FeedSnapshots;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whether the feed of each venue works, as far as strategies have seen it. One writer, any readers. */
final class Availability {

    private final FeedSnapshots feeds;
    /** Why the feed of a venue is down; one without an entry has not delivered anything yet, or works. */
    private final Map<String, String> down = new ConcurrentHashMap<>();

    private final Map<String, Boolean> up = new ConcurrentHashMap<>();
    /** The total losses of each feed that have been handled. */
    private final Map<String, Long> losses = new ConcurrentHashMap<>();

    Availability(FeedSnapshots feeds) {
        this.feeds = feeds;
    }

    /** Why the feed of the venue has just been lost; null if it has not been since the last call. */
    String newLoss(String venue) {
        FeedSnapshot.Losses now = feeds.of(venue).losses();
        String key = feeds.key(venue);
        if (now.total() == losses.getOrDefault(key, 0L)) {
            return null;
        }
        losses.put(key, now.total());
        String text = now.reason() == null ? "the feed is down" : "the feed is down: " + now.reason();
        up.remove(key);
        down.put(key, text);
        return text;
    }

    /** The feed of the venue delivers. */
    void resumed(String venue) {
        String key = feeds.key(venue);
        if (up.put(key, true) == null) {
            down.remove(key);
        }
    }

    boolean works(String venue) {
        return up.containsKey(feeds.key(venue));
    }

    /** Why no feed works; null while any does. */
    String noFeed() {
        return !up.isEmpty() ? null : down.isEmpty() ? "no feed yet" : String.join("; ", down.values());
    }
}
