package dev.livefeed.app.api.response;

import dev.livefeed.protocol.model.InstrumentId;

/** Symbol, category and venue of an instrument; category and venue are null if unknown. */
public record InstrumentBody(String symbol, String category, String venue) {

    public static InstrumentBody of(InstrumentId instrument) {
        return new InstrumentBody(instrument.symbol(), instrument.category(), instrument.venue());
    }
}
