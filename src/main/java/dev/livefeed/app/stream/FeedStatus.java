package dev.livefeed.app.stream;

import java.util.List;

/**
 * The state of the feed, as the fields of its message.
 *
 * @param state as in {@code GET /ws/health}
 * @param reasons why it is not ready, the first ones
 */
public record FeedStatus(
        String state, boolean connected, boolean fresh, boolean ready, List<String> reasons, boolean synthetic) {

    /** Whether more than the reasons is the same: these contain ages, which change every second. */
    boolean sameState(FeedStatus other) {
        return other != null
                && state.equals(other.state)
                && connected == other.connected
                && fresh == other.fresh
                && ready == other.ready
                && synthetic == other.synthetic;
    }
}
