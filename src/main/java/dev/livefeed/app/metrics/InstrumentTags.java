package dev.livefeed.app.metrics;

import dev.livefeed.protocol.model.InstrumentId;
import io.micrometer.core.instrument.Tags;

/** The labels that identify an instrument in metrics. */
final class InstrumentTags {

    private static final String UNKNOWN = "none";

    private InstrumentTags() {}

    static Tags of(InstrumentId instrument) {
        return Tags.of(
                "venue", orNone(instrument.venue()),
                "category", orNone(instrument.category()),
                "symbol", instrument.symbol());
    }

    private static String orNone(String text) {
        return text == null ? UNKNOWN : text;
    }
}
