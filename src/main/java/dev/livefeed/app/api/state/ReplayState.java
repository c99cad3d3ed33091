package dev.livefeed.app.api.state;

import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.stream.FollowedState;
import java.util.Map;
import java.util.function.Supplier;

/** Reads how far a replay is. The last figures of a connector that has ended are kept. */
public final class ReplayState {

    private static final String ENDED = "ended";

    private final Supplier<FeedSnapshot> feed;
    private final Range range;
    private Map<String, Object> last = Map.of();

    /** What is replayed, as the settings have it; null if a setting is empty. */
    public record Range(String speed, String from, String to) {}

    private record Body(
            String state,
            String file,
            String position,
            String speed,
            String from,
            String to,
            Object lines,
            Object unusableLines) {}

    public ReplayState(Supplier<FeedSnapshot> feed, Range range) {
        this.feed = feed;
        this.range = range;
    }

    synchronized FollowedState.Reading read() {
        FeedSnapshot now = feed.get();
        Map<String, Object> figures = now.report().figures();
        if (figures.containsKey("replay")) {
            last = figures;
        }
        String state = now.phase() == Phase.FINISHED ? ENDED : String.valueOf(last.getOrDefault("replay", "waiting"));
        return FollowedState.Reading.of(StateJson.text(new Body(
                state,
                text("replay_file"),
                text("replay_position"),
                range.speed(),
                range.from(),
                range.to(),
                last.get("replay_lines"),
                last.get("replay_unusable_lines"))));
    }

    private String text(String figure) {
        Object value = last.get(figure);
        return value == null ? null : value.toString();
    }
}
