package dev.livefeed.app.route.source;

import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;

/** Checks the times of the events of several sources by the clock of each, under the name {@code eventTimeCheck}. */
public final class SourceTimeChecks implements EventDataFormat.Check {

    private final PerVenue<EventDataFormat.Check> sources;

    public SourceTimeChecks(PerVenue<EventDataFormat.Check> sources) {
        this.sources = sources;
    }

    @Override
    public void check(Event event) throws InvalidEventException {
        sources.of(event.venue()).check(event);
    }
}
