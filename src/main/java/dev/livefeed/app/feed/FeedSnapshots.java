package dev.livefeed.app.feed;

/** The states of the feeds of all sources at this moment. */
public interface FeedSnapshots {

    /** @param venue of the source; null for that of whatever names none, which is the first one */
    FeedSnapshot of(String venue);

    /** The venue by which the state of a feed is kept: empty if there is one feed for all. */
    default String key(String venue) {
        return "";
    }
}
