package dev.livefeed.app.route.source;

import dev.livefeed.app.backfill.HistoryWorker;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.status.Status;

/** The history of several sources, under the bean name {@code historyWorker}. */
public final class SourceHistory {

    private final PerVenue<HistoryWorker> sources;

    public SourceHistory(PerVenue<HistoryWorker> sources) {
        this.sources = sources;
    }

    /** Starts the backfill of each source. Does not wait. */
    public void fill() {
        sources.all().forEach(HistoryWorker::fill);
    }

    public void fillMissingTrades() {
        sources.all().forEach(HistoryWorker::fillMissingTrades);
    }

    public void event(HistoryEvent past) {
        sources.of(past.venue()).event(past);
    }

    public void status(Status status) {
        sources.of(status.venue()).status(status);
    }

    public void failure(Failure failure) {
        sources.of(failure.venue()).failure(failure);
    }
}
