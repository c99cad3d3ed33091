package dev.livefeed.app.route.source;

import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.protocol.codec.EventReader;
import java.util.function.Supplier;

/** Makes the readers of the lines of several sources, under the bean name {@code eventReader}. */
public final class SourceReaders implements EventDataFormat.BySource<EventReader>, Supplier<EventReader> {

    private final PerVenue<Supplier<EventReader>> sources;

    public SourceReaders(PerVenue<Supplier<EventReader>> sources) {
        this.sources = sources;
    }

    @Override
    public EventReader get() {
        return sources.first().get();
    }

    @Override
    public EventReader of(String venue) {
        return sources.of(venue).get();
    }
}
