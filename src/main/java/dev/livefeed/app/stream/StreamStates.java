package dev.livefeed.app.stream;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the stream sends in the form of the HTTP interface.
 *
 * @param followed the states that clients can follow
 * @param candles past candles
 */
public record StreamStates(List<FollowedState> followed, PastCandlePages candles) {

    /** The channels of the states. */
    Set<String> channels() {
        return followed.stream().map(FollowedState::channel).collect(Collectors.toCollection(TreeSet::new));
    }
}
