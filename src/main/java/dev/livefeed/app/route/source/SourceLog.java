package dev.livefeed.app.route.source;

import dev.livefeed.app.feed.StatusLog;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.Status;

/** The logs of the statuses of several sources, under the bean name {@code statusLog}. */
public final class SourceLog {

    private final PerVenue<StatusLog> sources;

    public SourceLog(PerVenue<StatusLog> sources) {
        this.sources = sources;
    }

    public void status(Status status) {
        sources.of(status.venue()).status(status);
    }

    public void failure(Failure failure) {
        sources.of(failure.venue()).failure(failure);
    }
}
