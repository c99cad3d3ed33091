package dev.livefeed.app.api.state;

import dev.livefeed.app.stream.FollowedState;
import dev.livefeed.app.stream.PastCandlePages;
import dev.livefeed.app.stream.StreamStates;
import java.util.ArrayList;
import java.util.List;

/** All states that clients of the stream can follow, with their channels and their pace. */
public final class StreamedStates {

    private static final long SOON = 250;
    private static final long SECOND = 1_000;

    private StreamedStates() {}

    /** The states in the order of the documents. */
    public static StreamStates of(
            TrustState trust,
            List<SourceState> sources,
            MarketStates market,
            PaperStates paper,
            ApplicationStates application,
            ReplayState replay,
            PastCandlePages candles) {
        List<FollowedState> states = new ArrayList<>();
        states.add(new FollowedState("health", "health", false, SOON, SECOND, none -> trust.read()));
        states.add(FollowedState.of("restarts", "restarts", SOON, new RestartsState(sources)::read));
        states.add(FollowedState.ofInstruments("context", "context", SECOND, market::context));
        states.add(FollowedState.ofInstruments("profile", "profile", SECOND, market::profile));
        states.addAll(paper.states());
        states.addAll(application.states());
        states.add(new FollowedState("replay", "replay", false, SOON, SECOND, none -> replay.read()));
        return new StreamStates(states, candles);
    }
}
