package dev.livefeed.app.api.response;

import dev.livefeed.protocol.model.InstrumentId;

/** The parts of an instrument; category and venue are null if they are not known. */
public record InstrumentBody(String symbol, String category, String venue) {

    public static InstrumentBody of(InstrumentId instrument) {
        return new InstrumentBody(instrument.symbol(), instrument.category(), instrument.venue());
    }
}
