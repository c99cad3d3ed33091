package dev.livefeed.app.api.state;

import dev.livefeed.app.api.ReplayApi;
import dev.livefeed.app.api.response.recording.ReplayResponse;
import dev.livefeed.app.stream.FollowedState;

/** Reads how far a replay is. */
public final class ReplayState {

    private final ReplayApi replay;

    public ReplayState(ReplayApi replay) {
        this.replay = replay;
    }

    /** Null if nothing is replayed. */
    FollowedState.Reading read() {
        ReplayResponse progress = replay.progress();
        if (progress == null) {
            return null;
        }
        String data = StateJson.text(progress);
        return new FollowedState.Reading(data, data, progress.state() + ' ' + progress.speed());
    }
}
