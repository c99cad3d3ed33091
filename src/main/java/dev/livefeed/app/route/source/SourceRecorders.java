package dev.livefeed.app.route.source;

import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.protocol.model.Event;
import java.util.function.UnaryOperator;

/** Records the events of several sources, each with its own recorder, under the bean name {@code eventRecorder}. */
public final class SourceRecorders implements EventDataFormat.BySource<UnaryOperator<Event>>, UnaryOperator<Event> {

    private final PerVenue<UnaryOperator<Event>> sources;

    public SourceRecorders(PerVenue<UnaryOperator<Event>> sources) {
        this.sources = sources;
    }

    @Override
    public Event apply(Event event) {
        return sources.of(event.venue()).apply(event);
    }

    @Override
    public UnaryOperator<Event> of(String venue) {
        return sources.of(venue);
    }
}
