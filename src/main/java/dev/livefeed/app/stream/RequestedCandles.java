package dev.livefeed.app.stream;

import dev.livefeed.protocol.model.InstrumentId;

/**
 * The past candles of a symbol that one client has requested, page by page. Each page is read when it is sent, so that
 * it is never older than a candle that the client has already received.
 */
final class RequestedCandles {

    private final InstrumentId instrument;
    private final String timeframe;
    private final int count;
    private long nextMicros;
    private boolean done;

    RequestedCandles(InstrumentId instrument, String timeframe, int count) {
        this.instrument = instrument;
        this.timeframe = timeframe;
        this.count = count;
    }

    InstrumentId instrument() {
        return instrument;
    }

    String timeframe() {
        return timeframe;
    }

    int count() {
        return count;
    }

    /** Whether all pages have been taken. */
    boolean done() {
        return done;
    }

    /** The next page as a message, or null if there is none. */
    String next(PastCandlePages history, StreamMessages messages) {
        PastCandlePages.CandlePage page = history.page(instrument, timeframe, count, nextMicros);
        nextMicros = page.nextMicros();
        done = page.last();
        return page.data() == null ? null : messages.state("candles", instrument, page.data());
    }
}
